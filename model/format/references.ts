import { groupOf, type Stimulus } from '../alphabet.ts';
import type { Configuration } from '../configuration.ts';
import { counted } from '../counted.ts';
import { InputError } from '../input-error.ts';
import { whyTypeLeftOut } from '../parts.ts';

/**
 * Refuses a stimulus that names a class, a tenant or a shard which the configuration does not have, is an
 * optional word that it does not have, or belongs to a part that it leaves out. These never change while a scenario
 * plays, so no state is needed to tell; machines do come and go, and are left to those who keep track of them.
 *
 * @param place what the message begins with, such as `line 7`.
 * @throws InputError such as `line 7: stimulus.class: there is no class 7; the configuration has 3 classes, 0 to 2`.
 */
export function checkReferences(stimulus: Stimulus, config: Configuration, place: string): void {
  const group = groupOf(stimulus.type);
  if (group !== null && config.words?.includes(group) !== true) {
    throw new InputError(
      `${place}: stimulus.type: ${stimulus.type} is an optional word; add "${group}" to the words of the configuration`,
    );
  }
  const leftOut = config.without === undefined ? null : whyTypeLeftOut(config, stimulus.type);
  if (leftOut !== null) throw new InputError(`${place}: stimulus.type: ${leftOut}`);
  if ('class' in stimulus) refuseBeyond('class', 'classes', stimulus.class, config.classes.length, place);
  if ('tenant' in stimulus) refuseBeyond('tenant', 'tenants', stimulus.tenant, config.tenants.length, place);
  if ('shard' in stimulus) refuseBeyond('shard', 'shards', stimulus.shard, config.shards, place);
}

function refuseBeyond(one: string, many: string, index: number, count: number, place: string): void {
  if (index < count) return;
  const known = `${counted(count, one, many)}, 0${count === 1 ? '' : ` to ${count - 1}`}`;
  throw new InputError(
    `${place}: stimulus.${one}: there is no ${one} ${index}; the configuration has ${known}`,
  );
}
