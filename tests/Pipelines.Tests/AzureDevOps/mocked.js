'use strict';

// Runs the task with the mock runner of its library: inputs from the environment, and a host that only returns an exit code.
const path = require('node:path');

const task = path.resolve(process.argv[2]);
const { TaskMockRunner } = require(path.join(path.dirname(task), 'node_modules', 'azure-pipelines-task-lib', 'mock-run'));
const { inputs, code } = JSON.parse(process.env.SCENARIO);

const runner = new TaskMockRunner(task);
for (const [name, value] of Object.entries(inputs)) runner.setInput(name, value);
runner.setAnswers({
    which: { dotnet: '/usr/bin/dotnet' },
    checkPath: { '/usr/bin/dotnet': true },
    exec: new Proxy({}, { get: () => ({ code, stdout: 'the host speaks' }) }),
});
runner.run();
