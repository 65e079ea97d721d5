import type { OptionalDecision } from '../alphabet.ts';

/**
 * Why XX never takes a decision of optional words, in the words of a verdict. Which of its rules refuses it, the charts
 * say.
 */
export const NOT_OF_XX: Record<OptionalDecision['type'], string> = {
  reserve: 'XX holds no places in line: a shard places the one whose turn it is, or nobody',
  release: 'XX holds no places in line: a shard places the one whose turn it is, or nobody',
  probe: 'XX pools no answers: what a shard knows of machines in advance is its idle list',
  forget: 'XX pools no answers: what a shard knows of machines in advance is its idle list',
  evict: 'XX sends nobody back: one leaves its machine only by its end or a crash',
  refuse: 'XX refuses nobody: a machine that is up takes the one that a shard places on it',
  cancel: 'XX cancels nobody: one ends before its return only by a kill that is due',
};
