import app from '../locales/zh-CN/app.json';
import backup from '../locales/zh-CN/backup.json';
import base from '../locales/zh-CN/base.json';
import comments from '../locales/zh-CN/comments.json';
import diagnosis from '../locales/zh-CN/diagnosis.json';
import discipline from '../locales/zh-CN/discipline.json';
import duplicates from '../locales/zh-CN/duplicates.json';
import handoff from '../locales/zh-CN/handoff.json';
import help from '../locales/zh-CN/help.json';
import media from '../locales/zh-CN/media.json';
import mentorship from '../locales/zh-CN/mentorship.json';
import quarantine from '../locales/zh-CN/quarantine.json';
import roster from '../locales/zh-CN/roster.json';
import site from '../locales/zh-CN/site.json';
import training from '../locales/zh-CN/training.json';

/** Every text on the screen, by slice; `problems` and `notes` are by code. */
export const texts = {
  app,
  backup,
  base,
  comments,
  diagnosis,
  discipline,
  duplicates,
  handoff,
  help,
  media,
  mentorship,
  quarantine,
  roster,
  site,
  training,
};
