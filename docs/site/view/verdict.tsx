import { counted } from '../../../model/counted.ts';
import { printable } from '../../../model/printable.ts';
import { propertyOf } from '../../../properties/catalogue.ts';
import { notTriedText } from '../../../properties/parts.ts';
import type { Desk } from './desk.ts';

/** What became of the run as a whole: one line, and what is wrong below it. */
export function Verdict({ desk }: { desk: Desk }) {
  desk.progress.value;
  const film = desk.film.value;
  const { told } = desk.data;
  const played = film.recorded.length;
  const by = desk.data.player.type === 'scheduler' ? `played by ${film.name}` : printable(film.name);
  if (!film.isDone) {
    return (
      <p id="verdict">
        {by}; {played} of {film.length} steps judged so far
      </p>
    );
  }
  const finding = film.finding ?? told;
  const notTried = notTriedText(film.config.without ?? []);
  const isStrange = film.finding === null && told !== null && told.rule !== null;
  if (film.broken !== null) {
    return (
      <p id="verdict" class="violated">
        {by}, and broke off after step {played}: {film.broken}
      </p>
    );
  }
  return (
    <p id="verdict" class={finding === null ? '' : 'violated'}>
      {finding === null
        ? `✓ Accepted: ${counted(played, 'step')}, ${by}${askedText(desk.data.properties)}`
        : `✗ Step ${finding.step} of ${played} violates ${finding.property} (section ${propertyOf(finding.property).section}), ${by}`}
      {notTried !== null && ` ${notTried}`}
      {desk.note !== '' && ` ${desk.note}`}
      {isStrange && '. It was found when the file was written; played again here, it does not happen.'}
    </p>
  );
}

/** By what it was judged, where that is not everything. */
function askedText(properties: readonly string[]): string {
  return properties.length === 0 ? '' : `; judged only by ${properties.join(', ')}`;
}
