import { writeWhole } from '../../reference-impl/io/files.ts';
import { renderSvg } from '../../reference-impl/simulation/figures/charts.ts';
import { pictureOf, sweepPicture } from '../../reference-impl/simulation/figures/pictures.ts';
import {
  baseSceneOf,
  commandOf,
  EXPERIMENTS,
  type ExperimentRecord,
  recordOf,
  scenesOf,
} from './evidence.ts';
import { pictureFile } from './picture-file.ts';
import { playAll } from './play-all.ts';

/** What `npm run evaluation` runs: plays all that the page of the evaluation quotes, and keeps it below docs/. */
const records: ExperimentRecord[] = [];
for (const experiment of EXPERIMENTS) {
  process.stderr.write(`${commandOf(experiment)}\n`);
  const scenes = scenesOf(experiment);
  const runs = await playAll(scenes, experiment.schedulers);
  records.push(recordOf(experiment, runs));
  const { sweep } = experiment;
  const base = baseSceneOf(experiment);
  const picture = sweep === undefined ? pictureOf(base, runs.flat()) : sweepPicture(base, sweep, runs);
  writeWhole(pictureFile(experiment), renderSvg(picture));
}
writeWhole('docs/evaluation.json', `${JSON.stringify(records, null, 1)}\n`);
