namespace DssPipeline.Sandbox;

internal sealed partial record CommandLine
{
    public const string HelpText = """
        The sandbox: Azure on loopback, for real clients.

        It serves Resource Manager, sign-in, instance metadata, pipeline identity tokens, key vault
        secrets, blobs, registries and the API servers of clusters over HTTPS on 127.0.0.1, with a
        certificate authority of its own. When it is ready it prints one JSON document: endpoints, CA
        file and credentials. Its world stays in the state folder, so the next start finds what this
        one made. Ctrl-C or SIGTERM ends it.

        Options
          --state DIR       the folder of the world (default .sandbox)
          --latency FORM    none (default), a time per request such as 100ms, real, or real/60
          --faults SCRIPT   what goes wrong, rules parted by ; (may be repeated)
          --ports LIST      fixed ports, for example arm=8443,entra=8444 (default: any free ones)
          --seed N          which requests a probability hits: the same seed, the same requests (default 0)
          --engine KIND     docker inside the machines: stand-in, or real, which is the host's dockerd
                            (default: as at the last start, stand-in at first)
          --dss-habits LIST the bad habits of DSS in the machines, parted by commas, such as
                            redact-secrets,404-for-missing (default: as the real one)
          --help            this text

        On Linux, as root, a real machine stands behind each virtual machine. To log in to it, or to run
        a command in it, whether or not a sandbox has the folder open:
          dotnet run --project sandbox -- ssh --state DIR [--machine NAME] [-- COMMAND]

        Faults: KIND@METHOD PATH option=value …
          kinds    429 500 502 503 or any status from 400; drop-before drop-after slow stale
                   fail-operation short-token role-delay cut
          of a machine, at BOOT, RUN (Run Command) or SSH: reboot disk-full disk-free dead-ssh cut-ssh
                   kill-dnf dnf-locked slow-dnf dss-never-up crash
          options  on= code= retry-after= delay= lifetime= after= skip= times= nth= every= p=
          --faults "429@PUT *storageAccounts* times=2 retry-after=0; drop-after@PUT *managedClusters*"
          --faults "500@GET * p=0.05" --seed 7

        Try it
          dotnet run --project sandbox -- --state .sandbox > sandbox.json &
          ca=$(jq -r .caFile sandbox.json); arm=$(jq -r .arm sandbox.json); authority=$(jq -r .authority sandbox.json)
          tenant=$(jq -r .tenantId sandbox.json); subscription=$(jq -r .subscriptionId sandbox.json)

          token=$(curl -s --cacert "$ca" "$authority$tenant/oauth2/v2.0/token" \
            -d grant_type=client_credentials -d scope=https://management.azure.com/.default \
            -d "client_id=$(jq -r .clientId sandbox.json)" -d "client_secret=$(jq -r .clientSecret sandbox.json)" \
            | jq -r .access_token)

          curl --cacert "$ca" -H "Authorization: Bearer $token" -H "Content-Type: application/json" \
            -X PUT "${arm}subscriptions/$subscription/resourceGroups/rg-try?api-version=2025-04-01" \
            -d '{"location":"westeurope"}'

        Exit: 0 ended as told, 1 could not start, 3 wrong options. More in docs/sandbox.md.
        """;
}
