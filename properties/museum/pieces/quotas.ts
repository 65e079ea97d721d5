import type { Room } from '../piece.ts';

/** Quotas, which are budgets here. */
export const QUOTAS: Room = {
  title: 'Quotas that are wrong',
  pieces: [
    {
      id: 'nomad-10694',
      project: 'hashicorp/nomad',
      number: 10694,
      kind: 'issue',
      title: 'Given back twice',
      there:
        'What an allocation used is given back to the quota when it stops, and once more when a later version of the job evicts the stopped allocation. A job can get past its quota that way.',
      here: 'What an invocation has cost is given back to the budget of its tenant when it ends.',
      scheduler: 'credits-whatever-ends',
      property: 'admit',
    },
    {
      id: 'kubernetes-65107',
      project: 'kubernetes/kubernetes',
      number: 65107,
      kind: 'issue',
      title: 'It only ever grows',
      there:
        'The usage of a quota grows with what is created, and sometimes does not shrink when something is deleted. It stays wrong for hours, until the controller restarts.',
      here: 'What makes usage shrink here is the end of a period: what was spent in earlier ones counts forever.',
      scheduler: 'a-period-never-ends',
      property: 'admit',
    },
    {
      id: 'kubernetes-76787',
      project: 'kubernetes/kubernetes',
      number: 76787,
      kind: 'issue',
      title: 'Refused, and charged',
      there:
        'A pod is submitted a second time and refused, and what it asks for is added to the usage of the quota all the same.',
      here: 'A root that is throttled is charged to its tenant all the same.',
      scheduler: 'charges-whom-it-throttles',
      property: 'admit',
    },
    {
      id: 'volcano-5744',
      project: 'volcano-sh/volcano',
      number: 5744,
      kind: 'pull request',
      title: 'Counted twice from two sources',
      there:
        'The plugin adds what a job asks for to a usage that already has the pods of that job in it, so that a job is held back although the quota has plenty of room.',
      here: 'What a tenant has spent is taken from two accounts that both have all of it.',
      scheduler: 'counts-spending-twice',
      property: 'admit',
    },
  ],
};
