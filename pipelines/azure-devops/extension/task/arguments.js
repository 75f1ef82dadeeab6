'use strict';

/**
 * The command line of the host, one element a word. No shell ever sees it, so nothing in an input needs quoting;
 * and every value stands in one word with its option, so none can pass for another option.
 */
function argumentsOf(inputs) {
    return [
        ...(isWithoutManifest(inputs.target) ? [] : option('--manifest', inputs.manifest)),
        ...option('--environment', inputs.environment),
        ...option('--target', inputs.target),
        ...option('--plan-file', inputs.planFile),
        ...option('--approve', inputs.approve),
        ...option('--label', inputs.label),
        ...option('--parallelism', inputs.parallelism),
        ...inputs.set.flatMap((wish) => option('--set', wish)),
        ...sandboxOf(inputs.sandbox),
        ...(inputs.comment ? ['--comment'] : []),
        ...option('--report', inputs.report),
        ...inputs.arguments,
    ];
}

/** Fleet is told of many manifests, by --manifests among the arguments; Init writes the first one. */
function isWithoutManifest(target) {
    return ['fleet', 'init'].includes(target.toLowerCase());
}

function option(name, value) {
    return value === undefined ? [] : [`${name}=${value}`];
}

/** `true` is the sandbox in its usual folder, `false` is none, anything else names the folder. */
function sandboxOf(sandbox) {
    if (sandbox === undefined || /^false$/i.test(sandbox)) return [];
    return /^true$/i.test(sandbox) ? ['--sandbox'] : option('--sandbox', sandbox);
}

module.exports = { argumentsOf };
