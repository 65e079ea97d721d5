/** How every script of a page is bundled: one classic script, since pages from disk load no others. */
export function bundleOptions(root, layouts) {
  return {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: ['es2022'],
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { CHART_LAYOUTS: layouts, 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  };
}
