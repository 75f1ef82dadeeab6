'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** The inputs of task.json, read once; what is left empty is undefined. */
function readInputs(tl) {
    const text = (name) => tl.getInput(name, false)?.trim() || undefined;
    return {
        azureSubscription: text('azureSubscription'),
        manifest: text('manifest'),
        environment: text('environment'),
        target: text('target') ?? 'Plan',
        workingDirectory: path.resolve(tl.getVariable('System.DefaultWorkingDirectory') ?? '', text('workingDirectory') ?? ''),
        set: lines(text('set')),
        approve: text('approve'),
        parallelism: text('parallelism'),
        sandbox: text('sandbox'),
        label: text('label'),
        planFile: text('planFile'),
        report: text('report') ?? ownFolder(tl.getVariable('Agent.TempDirectory') ?? os.tmpdir()),
        comment: tl.getBoolInput('comment', false),
        arguments: lines(text('arguments')),
    };
}

/** Where nobody names a folder, each use of the task has its own: what an earlier one handed out stays what it was. */
function ownFolder(within) {
    return fs.mkdtempSync(path.join(within, 'dss-pipeline-'));
}

function lines(text) {
    return (text ?? '').split('\n').map((line) => line.trim()).filter(Boolean);
}

module.exports = { readInputs };
