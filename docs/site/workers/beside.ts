/** Where the script of the page lies: what is loaded later lies beside it. Known only while it runs for the first time. */
const PLACE =
  document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href;

/** Loads a classic script that lies beside that of the page: unlike a module, it works from disk. */
export function scriptBeside(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = new URL(name, PLACE).href;
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      reject(new Error(`${name} could not be loaded: it must lie in the folder of this page's script.`));
    };
    document.head.append(script);
  });
}
