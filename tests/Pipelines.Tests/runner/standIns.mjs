// What stands in for the actions of others. Those that only prepare a machine are replaced by nothing, and the log says so.
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export function standIn(job, uses, given) {
    const outputs = {};
    const act = acts[uses.split('@')[0]];
    if (act) act(job, given);
    else job.say(`Replaced by nothing: ${uses}`);
    return { outcome: 'success', outputs, replaced: !act };
}

const acts = {
    // The workspace is there already; the tool is linked to where it is asked for.
    'actions/checkout': (job, given) => {
        if (!given.path) return;
        const place = resolve(job.world.workspace, given.path);
        mkdirSync(dirname(place), { recursive: true });
        if (!existsSync(place)) symlinkSync(job.world.tool, place);
    },
    'actions/upload-artifact': (job, given) => {
        // Each run here has one attempt: a name that is taken is one that two jobs took, and overwrite would hide it.
        if (existsSync(artifact(job, given.name))) throw new Error(`Conflict: an artifact with this name already exists: ${given.name}`);
        if (existsSync(given.path)) cpSync(given.path, artifact(job, given.name), { recursive: true });
        else job.say(`No files were found with the provided path: ${given.path}`);
    },
    'actions/download-artifact': (job, given) => {
        if (!existsSync(artifact(job, given.name))) throw new Error(`Artifact not found for name: ${given.name}`);
        cpSync(artifact(job, given.name), given.path, { recursive: true });
    },
};

function artifact(job, name) {
    if (/["\\/:<>|*?\r\n]/.test(name) || name === '') throw new Error(`The artifact name is not valid: ${name}`);
    return join(job.world.artifacts, name);
}
