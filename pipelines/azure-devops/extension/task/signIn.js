'use strict';

/** What Azure.Identity and the host need to sign in with a service connection: ids and an address, no secret but the job's own token. */
function signInWith(tl, connection) {
    // The token of the job also opens the pull request for comments, so it is handed over without a connection too.
    const job = { SYSTEM_ACCESSTOKEN: tokenOf(tl) };
    if (connection === undefined) return job;

    const scheme = tl.getEndpointAuthorizationScheme(connection, true);
    if (scheme?.toLowerCase() !== 'workloadidentityfederation') {
        throw new Error(
            `The service connection signs in by ${scheme ?? 'something unknown'}, which keeps a secret. `
                + 'Convert it to workload identity federation: Project settings, Service connections, the connection, Convert.');
    }

    return {
        ...job,
        SYSTEM_OIDCREQUESTURI: tl.getVariable('System.OidcRequestUri'),
        AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: connection,
        AZURESUBSCRIPTION_CLIENT_ID: tl.getEndpointAuthorizationParameter(connection, 'serviceprincipalid', false),
        AZURESUBSCRIPTION_TENANT_ID: tl.getEndpointAuthorizationParameter(connection, 'tenantid', false),
    };
}

function tokenOf(tl) {
    return tl.getEndpointAuthorizationParameter('SystemVssConnection', 'AccessToken', true) ?? process.env.SYSTEM_ACCESSTOKEN;
}

module.exports = { signInWith };
