// Runs the jobs of a workflow in the order of their needs, those of called workflows among them.
import { spawnSync } from 'node:child_process';
import { rmSync, mkdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { fill, fillAll, holds, valueOf } from './expressions.mjs';
import { Job, runSteps } from './steps.mjs';

/** @returns every job that ran, by its name; those of a called workflow as `caller/callee` */
export function runWorkflow(world, file, inputs, secrets, prefix = '') {
    const workflow = parse(readFileSync(file, 'utf8'));
    const call = workflow.on?.workflow_call ?? workflow.on?.workflow_dispatch ?? {};
    const taken = Object.fromEntries(Object.entries(call?.inputs ?? {}).map(([name, input]) => [name, inputs[name] ?? input.default ?? '']));
    const unknown = Object.keys(inputs).filter((name) => !(name in taken));
    if (unknown.length > 0) throw new Error(`Invalid input, ${unknown.join(', ')} is not defined in the referenced workflow.`);
    const done = {};
    const results = {};
    for (const [id, job] of inOrder(workflow.jobs)) {
        const needs = Object.fromEntries([job.needs ?? []].flat().map((need) => [need, done[need]]));
        const contexts = contextsOf(world, taken, needs, secrets, workflow);
        // Where an `if:` says nothing of the status, GitHub may take a job that was skipped inside of a need for a reason not to begin.
        const status = { failed: Object.values(needs).some((need) => need.result !== 'success' || need.gap) };
        if (!holds(job.if, contexts, status)) {
            done[id] = { result: 'skipped', outputs: {} };
            results[prefix + id] = { outcome: 'skipped', outputs: {}, steps: [], log: '', summary: '' };
        } else done[id] = together(matrixOf(job, contexts).map((matrix) => runOne(world, job, { ...contexts, matrix: matrix ?? {} }, secrets, results, prefix + id + (matrix ? ` (${matrix.name})` : ''))));
    }
    const outputs = fillAll(Object.fromEntries(Object.entries(call?.outputs ?? {}).map(([name, { value }]) => [name, value])), { jobs: done });
    return { results, outputs, failed: Object.values(done).some((job) => job.result === 'failure') };
}

/** The entries of the matrix; one that is null where there is none. */
function matrixOf(job, contexts) {
    const matrix = job.strategy?.matrix;
    if (matrix === undefined) return [null];
    return (typeof matrix === 'string' ? valueOf(matrix, contexts) : matrix).include;
}

function together(runs) {
    return { result: runs.some((run) => run.result === 'failure') ? 'failure' : 'success', outputs: Object.assign({}, ...runs.map((run) => run.outputs)), gap: runs.some((run) => run.gap) };
}

function runOne(world, job, contexts, secrets, results, name) {
    return job.uses ? callWorkflow(world, job, contexts, secrets, `${name}/`, results) : runJob(world, job, contexts, results, name);
}

function callWorkflow(world, job, contexts, secrets, prefix, results) {
    const handed = job.secrets === 'inherit' ? secrets : fillAll(job.secrets, contexts);
    const called = runWorkflow(world, world.workflowOf(job.uses), fillAll(job.with, contexts), handed, prefix);
    Object.assign(results, called.results);
    return { result: called.failed ? 'failure' : 'success', outputs: called.outputs, gap: Object.values(called.results).some((job) => job.outcome === 'skipped') };
}

function runJob(world, job, contexts, results, name) {
    // Every job has a machine of its own; only artifacts go from one to the next.
    rmSync(world.temp, { recursive: true, force: true });
    mkdirSync(world.temp, { recursive: true });
    if (job.environment) wait(world);
    const running = new Job(world, contexts);
    const good = runSteps(running, job.steps, contexts, fillAll(job.env, contexts));
    const result = { result: good ? 'success' : 'failure', outputs: fillAll(job.outputs, contexts) };
    results[name] = { outcome: result.result, outputs: result.outputs, steps: running.steps, log: running.log, summary: running.summary, environment: fill(job.environment?.name ?? job.environment, contexts) };
    return result;
}

/** A job with an environment waits for whoever approves, and the world does not stand still meanwhile. */
function wait(world) {
    const [program, ...words] = world.wish.meanwhile ?? ['true'];
    if (spawnSync(program, words, { stdio: 'ignore' }).status !== 0) throw new Error(`What happens meanwhile failed: ${words.join(' ')}`);
}

function contextsOf(world, inputs, needs, secrets, workflow) {
    return {
        github: world.github, runner: world.runner, inputs, needs, secrets: secrets ?? {}, vars: {}, matrix: {}, strategy: {}, env: fillAll(workflow.env, { github: world.github, inputs }),
        job: { status: 'success', workflow_repository: 'dss-pipeline/dss-pipeline', workflow_sha: world.github.sha },
    };
}

function inOrder(jobs) {
    const [left, order] = [new Map(Object.entries(jobs)), []];
    while (left.size > 0) {
        const next = [...left].find(([, job]) => [job.needs ?? []].flat().every((need) => !left.has(need)));
        if (next === undefined) throw new Error('The jobs need each other in a circle.');
        left.delete(next[0]);
        order.push(next);
    }
    return order;
}
