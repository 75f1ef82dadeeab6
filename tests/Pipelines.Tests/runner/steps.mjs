// Runs the steps of a job or of a composite action, one after the other, as the real runner does.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { fill, fillAll, holds } from './expressions.mjs';
import { freshFiles, pairsOf, textOf } from './files.mjs';
import { standIn } from './standIns.mjs';

/** What a job shares with the actions it uses: the log, the summary, what steps hand on. */
export class Job {
    constructor(world, contexts) {
        Object.assign(this, { world, contexts, log: '', summary: '', environment: {}, paths: [], masks: [], steps: [] });
    }

    say(text) {
        this.log += `${text}\n`;
    }
}

/** Runs them; what is known of earlier steps is in `contexts.steps`. */
export function runSteps(job, steps, contexts, environment = {}) {
    const status = { failed: false };
    contexts.steps = {};
    for (const step of steps) {
        const all = { ...contexts, env: { ...environment, ...job.environment } };
        const name = fill(step.name ?? step.uses ?? step.run, all, status);
        const ran = holds(step.if, all, status) ? runStep(job, step, all, environment, status) : { outcome: 'skipped', outputs: {} };
        job.steps.push({ name, id: step.id ?? '', ...ran });
        if (step.id) contexts.steps[step.id] = { outputs: ran.outputs, outcome: ran.outcome, conclusion: ran.outcome };
        if (ran.outcome === 'failure' && step['continue-on-error'] !== true) status.failed = true;
    }
    return !status.failed;
}

function runStep(job, step, contexts, environment, status) {
    const own = { ...environment, ...job.environment, ...fillAll(step.env, contexts, status) };
    if (step.run !== undefined) return runScript(job, step, { ...contexts, env: own }, own, status);

    const given = fillAll(step.with, contexts, status);
    const folder = job.world.folderOf(step.uses);
    if (folder === undefined) return standIn(job, step.uses, given);
    return runAction(job, folder, given, contexts, own);
}

/** A composite action: its own inputs and steps, the log and the summary of the job. */
function runAction(job, folder, given, contexts, environment) {
    const action = parse(readFileSync(join(folder, 'action.yml'), 'utf8'));
    const unknown = Object.keys(given).filter((name) => !(name in action.inputs));
    if (unknown.length > 0) job.say(`Unexpected input(s) ${unknown.join(', ')}`);
    const outer = { github: { ...contexts.github, action_path: folder }, runner: contexts.runner, job: contexts.job, strategy: {}, matrix: contexts.matrix ?? {} };
    const inputs = Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, given[name] ?? fill(input.default ?? '', outer)]));
    const inner = { ...outer, inputs };
    const good = runSteps(job, action.runs.steps, inner, { ...environment, GITHUB_ACTION_PATH: folder });
    return { outcome: good ? 'success' : 'failure', outputs: Object.fromEntries(Object.entries(action.outputs ?? {}).map(([name, { value }]) => [name, fill(value, inner)])) };
}

function runScript(job, step, contexts, environment, status) {
    const { folder, variables } = freshFiles(job.world.temp);
    const script = join(folder, 'script.sh');
    const output = join(folder, 'output');
    writeFileSync(script, fill(step.run, contexts, status));
    const shell = step.shell === 'bash' ? ['--noprofile', '--norc', '-e', '-o', 'pipefail', script] : ['-e', script];
    const all = { ...job.world.environment, ...environment, ...variables };
    all.PATH = [...job.paths, all.PATH].join(delimiter);
    const place = resolve(job.world.workspace, fill(step['working-directory'] ?? '.', contexts, status));
    const sink = openSync(output, 'w');
    const { status: code, error } = existsSync(place) ? spawnSync('bash', shell, { cwd: place, env: all, stdio: ['ignore', sink, sink] }) : { status: 1, error: `No such folder: ${place}` };
    closeSync(sink);
    if (error) job.say(String(error));
    listen(job, textOf(output));
    Object.assign(job.environment, pairsOf(variables.GITHUB_ENV));
    job.paths.unshift(...textOf(variables.GITHUB_PATH).split('\n').filter(Boolean));
    job.summary += textOf(variables.GITHUB_STEP_SUMMARY);
    return { outcome: code === 0 ? 'success' : 'failure', exit: code, outputs: pairsOf(variables.GITHUB_OUTPUT), environment };
}

/** Takes masks out of what a step said, and lays them over it from there on. */
function listen(job, text) {
    for (const line of text.split('\n')) {
        const mask = /^::add-mask::(.*)$/.exec(line)?.[1];
        if (mask) job.masks.push(mask.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%'));
        else job.say(job.masks.reduce((shown, hidden) => shown.replaceAll(hidden, '***'), line));
    }
}
