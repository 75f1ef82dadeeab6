'use strict';

const path = require('node:path');

/** The .NET host: packed beside the task, or the one that DSS_PIPELINE_HOST names while the task itself is worked on. */
function hostFile() {
    return process.env.DSS_PIPELINE_HOST || path.join(__dirname, 'host', 'DssPipeline.Build.dll');
}

module.exports = { hostFile };
