// The order of the test files: longest first, as Jest has it, but those on a cluster one after the other, beside the rest.
// They mostly wait, for kubelets and for pods: all workers in them at once leave the processors idle.
const { default: Sequencer } = require('@jest/test-sequencer');

/** @typedef {{ path: string, duration?: number }} File In milliseconds, where a run before has told. */

/** Seconds, where none has. */
const USUAL = { cluster: 60, others: 8 };
const isOnCluster = (/** @type {File} */ { path }) => /[\\/]test[\\/]cluster[\\/]/.test(path);

class ClusterBesideTheRest extends Sequencer {
  /** @param {import('@jest/test-sequencer').TestSequencerOptions} options */
  constructor(options) {
    super(options);
    this.workers = options.globalConfig.maxWorkers;
  }

  /** @param {Parameters<Sequencer['sort']>[0]} tests */
  async sort(tests) {
    return ClusterBesideTheRest.beside(await super.sort(tests), this.workers);
  }

  /**
   * Plays the run: whichever worker is free takes the next file, and so many of them are on a cluster as it takes to end together.
   * @template {File} T
   * @param {T[]} tests
   * @param {number} workers
   * @returns {T[]}
   */
  static beside(tests, workers) {
    const onCluster = tests.filter(isOnCluster);
    const others = tests.filter((test) => !isOnCluster(test));
    const timeOf = (/** @type {File} */ test) =>
      test.duration ?? 1000 * USUAL[isOnCluster(test) ? 'cluster' : 'others'];
    const sum = (/** @type {File[]} */ list) => list.reduce((total, test) => total + timeOf(test), 0);
    const lanes = Math.max(1, Math.round((workers * sum(onCluster)) / (sum(tests) || 1)));
    const free = Array.from({ length: workers }, () => ({ at: 0, cluster: false }));
    /** @type {T[]} */
    const order = [];
    while (order.length < tests.length) {
      const worker = free.reduce((first, another) => (another.at < first.at ? another : first));
      const busy = free.filter(({ at, cluster }) => cluster && at > worker.at).length;
      const next = (busy < lanes ? onCluster.shift() : undefined) ?? others.shift() ?? onCluster.shift();
      if (next === undefined) break;
      order.push(next);
      worker.at += timeOf(next);
      worker.cluster = isOnCluster(next);
    }
    return order;
  }
}

module.exports = ClusterBesideTheRest;
