import { describe, expect, it } from 'vitest';
import * as tables from '../../../shared/code-tables.ts';
import { nations } from '../../../shared/nations.ts';

const { codeTable: _codeTable, ...others } = tables;
const all = Object.entries({ ...others, nations });

describe('the code tables', () => {
  it.each(all)('%s has no key, label or code twice', (_name, { entries }) => {
    const codes = entries.flatMap(({ code }) => (code === null ? [] : [code]));
    for (const values of [entries.map(({ key }) => key), entries.map(({ label }) => label), codes])
      expect(new Set(values).size).toBe(values.length);
  });

  it('knows the 56 nations, by one character or with 族', () => {
    expect(nations.entries.filter(({ code }) => Number(code) <= 56)).toHaveLength(56);
    expect([nations.find('汉'), nations.find('回族'), nations.find('56')]).toEqual(['HA', 'HU', 'JN']);
  });

  it('reads what the ledgers write instead of the label', () => {
    expect(tables.identityKinds.find('民 警')).toBe('CIVIL_SERVANT');
    expect(tables.identityKinds.find('公务员')).toBe('CIVIL_SERVANT');
    expect(tables.identityKinds.find('辅警(文职)')).toBe('AUX_CLERICAL');
    expect(tables.educations.find('大专')).toBe('COLLEGE');
    expect(tables.educations.find('研究生')).toBe('POSTGRADUATE');
    expect(tables.policeRanks.find('一级警督')).toBe('SUPERVISOR_1');
    expect(tables.policeRanks.find('四级警督')).toBeNull();
  });

  it('maps to the standard’s code and back', () => {
    for (const { key, code } of tables.educations.entries) expect(tables.educations.find(code ?? '')).toBe(key);
    expect(tables.politicalStatuses.codeOf('CPC_MEMBER')).toBe('01');
  });
});
