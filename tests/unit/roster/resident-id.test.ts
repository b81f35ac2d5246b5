import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDigit, maskResidentId, normalResidentId, readResidentId } from '../../../shared/resident-id.ts';

const birth = fc.date({ min: new Date('1930-01-01'), max: new Date('2010-12-31'), noInvalidDate: true });
const number = fc.tuple(birth, fc.integer({ min: 0, max: 999 })).map(([born, order]) => {
  const first17 = `999999${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(order).padStart(3, '0')}`;
  return first17 + checkDigit(first17);
});

describe('the identity number', () => {
  it('takes the standard’s own examples', () => {
    expect(readResidentId('11010519491231002X')).toEqual({
      number: '11010519491231002X',
      birthDate: '1949-12-31',
      sex: '2',
    });
    expect(readResidentId('440524188001010014')).toBe('birth-date');
    expect(checkDigit('44052418800101001')).toBe('4');
  });

  it('knows its own birth and sex', () => {
    fc.assert(
      fc.property(number, (valid) => {
        const read = readResidentId(valid);
        expect(read).toMatchObject({ sex: Number(valid[16]) % 2 === 1 ? '1' : '2' });
        expect(typeof read === 'object' && read.birthDate.replaceAll('-', '')).toBe(valid.slice(6, 14));
      }),
    );
  });

  it('notices every single wrong digit and every swap of neighbours', () => {
    fc.assert(
      fc.property(number, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (valid, place, add) => {
        const wrong = String((Number(valid[place]) + add) % 10);
        expect(typeof readResidentId(valid.slice(0, place) + wrong + valid.slice(place + 1))).toBe('string');
        const swapped = valid.slice(0, place) + valid.charAt(place + 1) + valid.charAt(place) + valid.slice(place + 2);
        if (swapped !== valid) expect(typeof readResidentId(swapped)).toBe('string');
      }),
    );
  });

  it('is compared half-width, without spaces and with a capital X', () => {
    expect(normalResidentId(' １１０１０５ 19491231 002x')).toBe('11010519491231002X');
    expect(readResidentId('110105491231002')).toBe('length');
  });

  it('is masked but for its ends', () => {
    expect(maskResidentId('999999196908090065')).toBe('999999********0065');
  });
});
