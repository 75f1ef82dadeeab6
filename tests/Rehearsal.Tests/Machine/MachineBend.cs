namespace DssPipeline.Rehearsal.Tests;

/// <summary>What somebody does to a thing inside the machine behind our back, and what Drift then says of it.</summary>
/// <param name="Line">Run as root by whoever logs in.</param>
/// <param name="Says">A line below the thing in the plan; "+" when the thing is gone as a whole.</param>
public sealed record MachineBend(string Id, string Line, string Says)
{
    private const string Data = "/data/dataiku/dss_data";
    private const string AsDss = $"cd {Data}; runuser -u dssuser --";

    /// <summary>Done to a machine on which DSS goes on running.</summary>
    public static IReadOnlyList<MachineBend> WhileDssRuns { get; } =
    [
        new("machine/mount/data", "sed -i 's/x-dss-pipeline/x-dss-pipeline,noatime/' /etc/fstab", "/atBoot: UUID="),
        new("machine/selinux/mode", "sed -i 's/^SELINUX=.*/SELINUX=enforcing/' /etc/selinux/config", "/atBoot: enforcing → permissive"),
        new("machine/timeZone/machine", "ln -sfn ../usr/share/zoneinfo/Europe/Paris /etc/localtime", "/zone: Europe/Paris → UTC"),
        new("machine/service/chronyd.service", "systemctl stop chronyd; systemctl mask chronyd", "/masked: true → false"),
        new("machine/firewall/openings", "systemctl enable --now firewalld", "/11000~1tcp: closed → open"),
        new("machine/packages/system", "dnf -y remove git", "/git: absent → installed"),
        new("machine/packages/unwanted", "dnf -y install buildah", "/buildah: 1.33.7-1.module_el8.10.0 → absent"),
        new("machine/repository/kubernetes", "sed -i -e 's/^gpgcheck=.*/gpgcheck=0/' -e 's/v1.33/v1.32/' /etc/yum.repos.d/kubernetes.repo", "/gpgcheck: 0 → 1"),
        new("machine/packages/kubectl", "dnf -y remove kubectl; dnf -y install kubectl", "/kubectl: 1.32.9-150500.1.1 → 1.33"),
        new("machine/repository/packages-microsoft-com-prod", "rm /etc/yum.repos.d/packages-microsoft-com-prod.repo", "+"),
        new("machine/packages/azure-cli", "dnf -y remove azure-cli", "/azure-cli: absent → installed"),
        new("machine/repository/docker-ce-stable", "rm /etc/pki/rpm-gpg/RPM-GPG-KEY-docker-ce-stable", "/key: absent → trusted"),
        new("machine/packages/docker", "dnf -y remove docker-buildx-plugin", "/docker-buildx-plugin: absent → installed"),
        new("machine/file/etc/docker/daemon.json", "sed -i 's/100m/7g/' /etc/docker/daemon.json", "Docker starts again"),
        new("machine/file/etc/systemd/system/docker.service.d/dss-pipeline.conf", "chmod 0666 /etc/systemd/system/docker.service.d/dss-pipeline.conf", "/mode: 0666 → 0644"),
        new("machine/service/docker.service", "systemctl disable docker", "/enabled: false → true"),
        new("machine/account/dssuser", "usermod -G '' dssuser", "/groups/docker: not a member → member"),
        new("machine/limits/dssuser", "sed -i 's/hard nofile 65536/hard nofile 1024/' /etc/security/limits.d/90-dss.conf", "/file/hard nofile: 1024 → 65536"),
        new("machine/updates/security", "dnf -y downgrade openssl-1.1.1k-12.el8_9", "/pending: 1 → 0"),
        new("machine/folder/data/dss-archives", "chown dssuser /data/dss-archives", "/owner: dssuser → root"),
        new("machine/folder/data/dataiku/kits", "chmod 0777 /data/dataiku/kits", "/mode: 0777 → 0755"),
        new("machine/folder/data/dataiku", "chgrp root /data/dataiku", "/group: root → dssuser"),
        new("machine/archive/data/dss-archives/dataiku-dss-hadoop-standalone-libs-generic-hadoop3-14.2.0.tar.gz", "rm /data/dss-archives/*hadoop-standalone*.gz", "+"),
        new("machine/archive/data/dss-archives/dataiku-dss-spark-standalone-14.2.0-3.5.3-generic-hadoop3.tar.gz", "truncate -s 1000 /data/dss-archives/*spark-standalone*.gz", "/complete: changed since it was checked → true"),
        new("machine/dssKit/14.2.0", "chown -R root /data/dataiku/kits/dataiku-dss-14.2.0", "/owner: root → dssuser"),
        new("machine/dssDeps/14.2.0", "dnf -y remove unzip", "/installed: false → true"),
        new("machine/dssSecretFile/data/dataiku/dss_data/config/license.json", $"echo '{{}}' >{Data}/config/license.json", "DSS restarts with the new licence"),
        new("machine/settings/data/dataiku/dss_data/install.ini", $"sed -i 's/^port.*/port = 12000/' {Data}/install.ini", "/values/server.port: 12000 → 11000"),
        new("machine/settings/data/dataiku/dss_data/bin/env-site.sh", $"printf '%s\\n' '# >>> dss-pipeline: what stands between these marks is written by DssPipeline >>>' \"export FORMER='1'\" '# <<< dss-pipeline <<<' >>{Data}/bin/env-site.sh", "/former"),
        new("machine/dssConfig/install.ini", "true", "/generated: "),
        new("machine/dssHadoop/reference", $"rm {Data}/bin/env-hadoop.sh", "+"),
        new("machine/dssSpark/reference", $"rm {Data}/bin/env-spark.sh", "+"),
        new("machine/dssRest/14.2.0", "true", "/conflict: "),
        new("machine/file/etc/systemd/system/dataiku.service.d/limits.conf", "rm /etc/systemd/system/dataiku.service.d/limits.conf", "+"),
        new("machine/dssApiKey/dss-pipeline", $"{AsDss} bin/dsscli api-keys-list --output json | grep -o '\"id\": *\"[^\"]*' | cut -d'\"' -f4 | while read -r id; do runuser -u dssuser -- bin/dsscli api-key-delete \"$id\"; done", "/works: no → yes"),
        new("machine/dssAdmin/admin", "rm /var/lib/dss-pipeline/dss-admin", "+"),
        new("machine/registryLogin/dssuser", "install -d -m 0700 /var/lib/dss-pipeline/registry-login/dssuser; cd /var/lib/dss-pipeline/registry-login/dssuser; printf crreference.azurecr.io >host; : >settings", "A run that was killed left dssuser signed in to push images, unless a run is pushing at this moment."),
        new("machine/baseImage/containerExec", "docker rmi $(docker image ls -q | head -n 1) || docker image ls", "+"),
    ];

    /// <summary>Done to a machine on which DSS cannot run any more.</summary>
    public static IReadOnlyList<MachineBend> WhileDssRests { get; } =
    [
        new("machine/dssInstance/reference", $"systemctl stop dataiku; sed -i 's/^\\(.*DKUJAVABIN=\\).*/\\1\"\\/usr\\/bin\\/false\"/' {Data}/bin/env-default.sh", "/java: /usr/bin/false → 17"),
        new("machine/dssBoot/dataiku", "systemctl disable dataiku; rm /etc/systemd/system/dataiku.service", "+"),
        new("machine/dssService/dataiku", "true", "+"),
        new("machine/dssKit/14.2.0", "rm -rf /data/dataiku/kits/dataiku-dss-14.2.0", "+"),
        new("machine/archive/data/dss-archives/dataiku-dss-14.2.0.tar.gz", "true", "+"),
        new("machine/baseImage/spark", "docker tag $(docker image ls | awk '/^dku-exec-base/ { print $1 \":\" $2 }') $(docker image ls | awk '/^dku-spark-base/ { print $1 \":\" $2 }')", "/inputs/sparkVersion: none → 3.5.3"),
    ];
}
