import { type Answer, answerOf, PATIENCE_MS, type Solver } from './solver.ts';

/** Z3 as a package of npm, compiled to WebAssembly: a development dependency, in one exact version. */
export async function z3InWasm(): Promise<Solver> {
  const { init } = await import('z3-solver/build/node.js');
  const { Z3, em } = await init();
  Z3.global_param_set('timeout', `${PATIENCE_MS}`);
  return {
    name: 'z3-solver',
    async ask(script): Promise<Answer> {
      const configuration = Z3.mk_config();
      const context = Z3.mk_context(configuration);
      try {
        return answerOf(await Z3.eval_smtlib2_string(context, script));
      } finally {
        Z3.del_context(context);
        Z3.del_config(configuration);
      }
    },
    // Its threads would keep the process alive.
    close: () => em.PThread.terminateAllThreads(),
  };
}
