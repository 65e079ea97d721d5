import { counted } from '../../../model/counted.ts';
import { printable } from '../../../model/printable.ts';
import { RULE_IDS } from '../../../model/rules/rule-set.ts';
import { type PropertyId, propertyOf } from '../../../properties/catalogue.ts';
import { notTriedText } from '../../../properties/parts.ts';
import type { PlayedFilm } from '../run/film.ts';
import type { Desk } from './desk.ts';

/** What became of the run as a whole: one line, and what of the address could not be done. */
export function Verdict({ desk }: { desk: Desk }) {
  desk.progress.value;
  const film = desk.film.value;
  const by = desk.data.player.type === 'scheduler' ? `played by ${film.name}` : film.name;
  const { text, isWrong } = verdictOf(desk, film);
  const claim = film.isDone ? claimText(desk, film) : '';
  const notTried = notTriedText(film.config.without ?? []) ?? '';
  return (
    <>
      <p id="verdict" class={isWrong ? 'violated' : ''}>
        {text}, {by}
        {askedText(desk.data.properties)}
      </p>
      {[claim, notTried, ...desk.notes.value].filter(Boolean).map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
    </>
  );
}

/** The same for those who listen, once it is known; also that of the run beside. */
export function Announcement({ desk }: { desk: Desk }) {
  desk.progress.value;
  const film = desk.film.value;
  const beside = desk.beside.value;
  const difference = desk.difference.value;
  const lines = [
    ...(film.isDone ? [verdictOf(desk, film).text, claimText(desk, film), ...desk.notes.value] : []),
    ...(beside?.isDone ? [`Beside it, ${beside.name}: ${verdictOf(desk, beside).text}`] : []),
    ...(film.isDone && beside?.isDone
      ? [difference === null ? 'They decide alike' : `The first difference is in step ${difference}`]
      : []),
  ].filter((line) => line !== '');
  return (
    <p class="unseen" role="status" id="announcement">
      {lines.map((line) => line.replace(/[.]?$/, '. ')).join('')}
    </p>
  );
}

/** What became of a run in a few words. */
export function verdictOf(desk: Desk, film: PlayedFilm): { text: string; isWrong: boolean } {
  const played = film.recorded.length;
  if (!film.isDone) return { text: `Judging… ${played} of ${film.length} steps so far`, isWrong: false };
  if (film.broken !== null) {
    return { text: `Broke off after step ${played}: ${printable(film.broken)}`, isWrong: true };
  }
  const { told } = desk.data;
  const isFirst = film === desk.film.value;
  const finding = film.finding ?? (isFirst ? told : null);
  if (finding === null) return { text: `✓ Accepted: ${counted(played, 'step')}`, isWrong: false };
  const { property, step } = finding;
  const { section } = propertyOf(property);
  const isStrange = isFirst && film.finding === null && told?.rule !== null;
  return {
    text: `✗ Step ${step} of ${played} violates ${property} (section ${section})${isStrange ? '; it was found when the file was written, and does not happen as it is played again here' : ''}`,
    isWrong: true,
  };
}

/** What a link says was found is not believed: either it is found here, too, or it is told as what it is. */
function claimText({ claimed }: Desk, film: PlayedFilm): string {
  if (claimed === null || film.finding?.property === claimed.property) return '';
  const claim = `The link claims that step ${claimed.step} violates ${claimed.property}`;
  return claimed.rule === null && film.finding === null
    ? `${claim}. That takes several plays to find out, and this page plays once: it has not been checked here.`
    : `${claim}. It has been played and judged again here, and that does not happen.`;
}

/** By what it was judged, where that is not everything. */
function askedText(properties: readonly PropertyId[]): string {
  const others = RULE_IDS.filter((id) => !properties.includes(id));
  if (properties.length === RULE_IDS.length - others.length && others.length < properties.length) {
    return `; judged by all rules but ${others.join(', ')}`;
  }
  return properties.length === 0 ? '' : `; judged only by ${properties.join(', ')}`;
}
