import type { Configuration } from '../../../model/configuration.ts';

/** Keeps the cluster that a fault is shown at the beginning. */
export class Remembered {
  private configuration: Configuration | undefined;

  remember(configuration: Configuration): Configuration {
    this.configuration = configuration;
    return configuration;
  }

  get now(): Configuration {
    if (this.configuration === undefined) throw new Error('reset comes before the first step');
    return this.configuration;
  }
}
