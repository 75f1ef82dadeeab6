'use strict';

const tl = require('azure-pipelines-task-lib/task');

const meanings = new Map([
    [1, 'Failed: something could not be looked at or made. The log says what, where and what to do next.'],
    [2, 'Differs: the world is not as the manifest wishes. The summary lists the differences.'],
    [3, 'The manifest or the inputs are wrong; nobody was asked anything.'],
    [4, 'Refused: a change may not be made, or the plan is not the one that was approved. Nothing was touched.'],
    [5, 'Locked: another run of this deployment holds the lock. Nothing was touched; try again when it has ended.'],
    [130, 'Cancelled: the write in flight was finished. The next run goes on from there.'],
]);

/** What an exit code of the host means for the task. */
class Ending {
    constructor(result, message) {
        this.result = result;
        this.message = message;
    }

    /** A plan that found something is a good plan; the output `changes` says so. */
    static of(code, target) {
        if (code === 0) return new Ending(tl.TaskResult.Succeeded, 'As wished');
        if (code === 2 && target.toLowerCase() === 'plan') return new Ending(tl.TaskResult.Succeeded, 'The plan has changes');

        // A cancelled run is shown as cancelled whatever a step says of itself.
        return new Ending(tl.TaskResult.Failed, meanings.get(code) ?? `The host ended with exit code ${code}, which it does not use itself.`);
    }
}

module.exports = { Ending, meanings };
