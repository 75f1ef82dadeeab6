// The machine that the jobs of one run share, and what GitHub tells them.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export class World {
    /** @param wish what the caller wants: folder, workspace, tool, event, eventName, github, environment, secrets, meanwhile (a command) */
    constructor(wish) {
        this.wish = wish;
        this.tool = resolve(wish.tool);
        this.workspace = resolve(wish.workspace);
        this.temp = join(wish.folder, 'temp');
        this.artifacts = join(wish.folder, 'artifacts');
        // Artifacts belong to a run.
        rmSync(this.artifacts, { recursive: true, force: true });
        mkdirSync(this.temp, { recursive: true });
        mkdirSync(this.artifacts, { recursive: true });
        const event = join(wish.folder, 'event.json');
        writeFileSync(event, JSON.stringify(wish.event ?? {}));
        this.github = {
            repository: 'acme/data', actor: 'somebody', event_name: wish.eventName ?? 'push', ref: 'refs/heads/main', sha: '0'.repeat(40), run_id: '42', run_attempt: '1', job: 'job',
            server_url: 'https://github.example', api_url: 'https://api.github.example', workspace: this.workspace, token: '', ...wish.github, event: wish.event ?? {}, event_path: event,
        };
        this.runner = { os: 'Linux', arch: 'X64', temp: this.temp };
        const told = ['repository', 'actor', 'event_name', 'ref', 'sha', 'run_id', 'run_attempt', 'job', 'server_url', 'api_url', 'workspace', 'event_path'];
        this.environment = {
            PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', CI: 'true', GITHUB_ACTIONS: 'true', RUNNER_OS: 'Linux', RUNNER_ARCH: 'X64', RUNNER_TEMP: this.temp,
            ...Object.fromEntries(told.map((name) => [`GITHUB_${name.toUpperCase()}`, this.github[name]])), ...wish.environment,
        };
    }

    /** The folder of an action that lies here; undefined for the actions of others. */
    folderOf(uses) {
        if (uses.startsWith('./')) return resolve(this.workspace, uses);
        return /^[\w.-]+\/dss-?pipeline@/i.test(uses) ? this.tool : undefined;
    }

    /** The file of a workflow that another one calls. */
    workflowOf(uses) {
        // Workflows that call one beside them are those of the tool: the repository of the user only calls ours.
        return uses.startsWith('./') ? join(this.tool, uses) : join(this.tool, uses.split('@')[0].split('/').slice(2).join('/'));
    }
}
