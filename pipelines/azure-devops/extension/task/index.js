'use strict';

// What the agent starts: reads the inputs, runs the .NET host with them as an argument vector, and says how it ended.
const tl = require('azure-pipelines-task-lib/task');
const { argumentsOf } = require('./arguments');
const { Ending } = require('./ending');
const { environmentOf } = require('./environment');
const { hostFile } = require('./host');
const { readInputs } = require('./inputs');
const { signInWith } = require('./signIn');

async function main() {
    const inputs = readInputs(tl);
    const host = tl.tool(tl.which('dotnet', true)).arg([hostFile(), ...argumentsOf(inputs)]);
    const asked = passOn(host, ['SIGINT', 'SIGTERM']);
    const code = await host.execAsync({
        cwd: inputs.workingDirectory,
        env: environmentOf(process.env, signInWith(tl, inputs.azureSubscription)),
        ignoreReturnCode: true,
    });
    asked.off();
    const ending = Ending.of(code, inputs.target);
    tl.setResult(ending.result, ending.message);
}

/**
 * Hands the agent's wish to stop on to the host, which finishes its write in flight and releases its lock.
 * Only the first one: a second would end the host at once, and the agent sends one after 7.5 seconds.
 */
function passOn(host, signals) {
    let asked = false;
    const listeners = signals.map((signal) => [signal, () => {
        if (asked) return tl.debug('asked again; the host is ending already');
        asked = true;
        host.killChildProcess(signal);
    }]);
    for (const [signal, listener] of listeners) process.on(signal, listener);
    return { off: () => listeners.forEach(([signal, listener]) => process.off(signal, listener)) };
}

main().catch((failure) => {
    tl.setVariable('failureReason', 'usage', false, true);
    tl.setResult(tl.TaskResult.Failed, failure.message);
});
