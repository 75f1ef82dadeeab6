// Executes an action or a workflow as GitHub would, on this machine: `node runner/run.mjs WISH.json RESULT.json`.
// The wish: folder (of the run), workspace, tool (this repository), inputs, and for a workflow its file; see World for the rest.
import { readFileSync, writeFileSync } from 'node:fs';
import { runWorkflow } from './jobs.mjs';
import { Job, runSteps } from './steps.mjs';
import { World } from './world.mjs';

const [wishFile, resultFile] = process.argv.slice(2);
const wish = JSON.parse(readFileSync(wishFile, 'utf8'));
const world = new World(wish);

writeFileSync(resultFile, JSON.stringify(wish.workflow ? runWorkflow(world, wish.workflow, wish.inputs ?? {}, wish.secrets) : runAction(), null, 2));

function runAction() {
    const contexts = { github: world.github, runner: world.runner, inputs: {}, job: { status: 'success' }, secrets: {}, needs: {}, vars: {}, matrix: {}, strategy: {} };
    const job = new Job(world, contexts);
    const good = runSteps(job, [{ id: 'action', uses: 'dss-pipeline/dss-pipeline@v0', with: wish.inputs }], contexts);
    return { outcome: good ? 'success' : 'failure', outputs: contexts.steps.action.outputs, steps: job.steps, log: job.log, summary: job.summary };
}
