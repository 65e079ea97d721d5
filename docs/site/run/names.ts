/** Names as a list to choose from has them: in words, where the ids of files and schedulers have hyphens. */

/** Words that are not written as any other. */
const SPELT: Readonly<Record<string, string>> = {
  ...{ xx: 'XX', alps: 'ALPS', aws: 'AWS', edf: 'EDF', fifo: 'FIFO', jiq: 'JIQ', sq2: 'SQ(2)', srpt: 'SRPT' },
  ...{ ram: 'RAM', cpu: 'CPU', mb: 'MB', id: 'ID', ids: 'IDs', openwhisk: 'OpenWhisk', hermod: 'Hermod' },
  ...{ knative: 'Knative', kubernetes: 'Kubernetes', bullmq: 'BullMQ', yunikorn: 'YuniKorn' },
};

/** An id in words: `kills-the-newest` is `Kills the newest`, `jiq-sq2` is `JIQ SQ(2)`. */
export function inWords(id: string): string {
  const words = id.split('-').map((word) => SPELT[word] ?? word);
  const [first = '', ...others] = words;
  return [first.slice(0, 1).toUpperCase() + first.slice(1), ...others].join(' ');
}
