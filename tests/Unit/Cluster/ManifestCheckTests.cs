using Verification.Cluster.Manifests;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>Each rule for what is deployed is kept by sound manifests, and broken by an edit of them that breaks what it guards.</summary>
public sealed class ManifestCheckTests
{
    private static readonly string Sound = File.ReadAllText(Path.Combine(Files.Root, "tests", "Unit", "Cluster", "fixtures", "sound.yaml"));

    /// <summary>Name of a rule, a part of the sound manifests, and what stands in its place.</summary>
    public static TheoryData<string, string, string> CounterExamples =>
        new()
        {
            { "requests", "requests: {cpu: 10m, memory: 1Mi}, ", "" },
            { "memory-limit", "limits: {memory: 1Mi, ", "limits: {" },
            { "disk-limit", ", ephemeral-storage: 1Mi", "" },
            { "read-only-root", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false" },
            { "no-escalation", "allowPrivilegeEscalation: false, ", "" },
            { "drop-all", "drop: [ALL]", "drop: [CHOWN]" },
            { "no-host-port", "containerPort: 8080", "containerPort: 8080, hostPort: 8080" },
            { "probes-differ", "path: /readyz", "path: /healthz" },
            { "pinned-image", "registry.example/service@sha256:00", "registry.example:5000/service" },
            { "pinned-image", "registry.example/service@sha256:00", "service:latest" },
            { "digest", "registry.example/service@sha256:00", "registry.example/service:1.0" },
            { "no-secret-literal", "value: /etc/credentials/DBPASS", "value: hunter2" },
            { "no-secret-literal", "valueFrom: {secretKeyRef: {name: database, key: password}}", "value: hunter2" },
            { "non-root", "runAsUser: 1654", "runAsUser: 0" },
            { "seccomp", ", seccompProfile: {type: RuntimeDefault}", "" },
            { "no-host-namespaces", "terminationGracePeriodSeconds: 20", "hostNetwork: true" },
            { "no-host-path", "configMap: {name: store}", "hostPath: {path: /}" },
            { "no-token", "automountServiceAccountToken: false", "enableServiceLinks: false" },
            { "startup-probe", "startupProbe: {tcpSocket: {port: store}}", "tty: false" },
            { "replicas", "replicas: 2", "replicas: 1" },
            { "replicas", "  replicas: 2\n", "" },
            { "replicas", "minReplicas: 2, ", "" },
            {
                "spread",
                "topologySpreadConstraints: [{labelSelector: {matchLabels: {app.kubernetes.io/name: service}}}]",
                "topologySpreadConstraints: [{labelSelector: {matchLabels: {app.kubernetes.io/name: other}}}]"
            },
            {
                "disruption-budget",
                "maxUnavailable: 1, selector: {matchLabels: {app.kubernetes.io/name: service}}",
                "maxUnavailable: 1, selector: {matchLabels: {app.kubernetes.io/name: other}}"
            },
            { "disruption-budget", "maxUnavailable: 1", "maxUnavailable: 0" },
            { "disruption-budget", "maxUnavailable: 1", "minAvailable: 2" },
            { "disruption-budget", "minAvailable: 1", "minAvailable: 3" },
            { "disruption-budget", "minAvailable: 1", "minAvailable: 100%" },
            { "autoscaler-target", "{kind: Deployment, name: scaled}", "{kind: Deployment, name: scales}" },
            { "autoscaler-target", "{kind: Deployment, name: scaled}", "{kind: StatefulSet, name: scaled}" },
            { "autoscaler-range", "maxReplicas: 4", "maxReplicas: 2" },
            { "autoscaler-requests", "requests: {memory: 1Mi, cpu: 10m}", "requests: {memory: 1Mi}" },
            {
                "autoscaler-requests",
                "requests: {memory: 1Mi, cpu: 10m}, limits: {memory: 1Mi, ephemeral-storage: 1Mi}}",
                "limits: {memory: 1Mi, ephemeral-storage: 1Mi}}"
            },
            {
                "one-autoscaler",
                "selector: {matchLabels: {app.kubernetes.io/name: scaled}}\n",
                "replicas: 3\n  selector: {matchLabels: {app.kubernetes.io/name: scaled}}\n"
            },
            {
                "one-autoscaler",
                "apiVersion: autoscaling/v2",
                "kind: ScaledObject\nmetadata: {name: scaled, namespace: space}\nspec: {scaleTargetRef: {name: scaled}}\n---\napiVersion: autoscaling/v2"
            },
            { "grace", "terminationGracePeriodSeconds: 20", "terminationGracePeriodSeconds: 12" },
            { "pre-stop", "lifecycle: {preStop: {sleep: {seconds: 5}}}", "lifecycle: {}" },
            {
                "selectors",
                "selector: {matchLabels: {app.kubernetes.io/name: store}}",
                "selector: {matchLabels: {app.kubernetes.io/name: other}}"
            },
            {
                "configuration-hash",
                "configuration: 0123456789012345678901234567890123456789012345678901234567890123",
                "configuration: none"
            },
            { "headless-service", "clusterIP: None", "type: ClusterIP" },
            { "headless-service", "serviceName: store", "serviceName: other" },
            { "service-target", "targetPort: http", "targetPort: https" },
            {
                "service-target",
                "  selector: {app.kubernetes.io/name: service}\n  ports",
                "  selector: {app.kubernetes.io/name: other}\n  ports"
            },
            {
                "cluster-ip",
                "  selector: {app.kubernetes.io/name: service}\n  ports",
                "  type: NodePort\n  selector: {app.kubernetes.io/name: service}\n  ports"
            },
            { "no-secret", "kind: ConfigMap", "kind: Secret" },
            { "no-secret-configmap", "    maxmemory 64mb", "    maxmemory 64mb\n    requirepass hunter2" },
            { "secret-reference", "key: password", "key: pasword" },
            { "secret-reference", "name: database", "name: databases" },
            { "secret-origin", "target: {name: database}", "target: {name: databases}" },
            { "secret-origin", "certificateRefs: [{name: certificate}]", "certificateRefs: [{name: another}]" },
            { "secret-refresh", "refreshInterval: 1m", "refreshInterval: 0s" },
            { "secret-refresh", "refreshInterval: 1m", "refreshInterval: 24h" },
            { "secret-refresh", "kind: ClusterSecretStore, name: keeper", "kind: ClusterSecretStore, name: nobody" },
            { "secret-refresh", "conditions: [{namespaces: [space]}], ", "" },
            { "retain", "whenDeleted: Retain", "whenDeleted: Delete" },
            { "retain", "storageClassName: fast", "accessModes: []" },
            { "retain", "reclaimPolicy: Retain", "reclaimPolicy: Delete" },
            { "retain", "helm.sh/resource-policy: keep", "helm.sh/resource-policy: delete" },
            { "retain", ", annotations: {helm.sh/resource-policy: keep}", "" },
            { "backed-up", "includedNamespaces: [space]", "includedNamespaces: [watch]" },
            { "backed-up", "includedNamespaces: [space]", "includedNamespaces: [\"*\"], excludedNamespaces: [space]" },
            { "backed-up", "schedule: \"20 * * * *\"", "schedule: \"20 4 * * 0\"" },
            { "backed-up", "schedule: \"20 * * * *\"", "paused: true, schedule: \"20 * * * *\"" },
            { "storage-class", "storageClassName: fast", "storageClassName: fats" },
            { "restricted-namespace", "pod-security.kubernetes.io/enforce: restricted", "pod-security.kubernetes.io/warn: restricted" },
            { "labels", "app.kubernetes.io/part-of: sportbuff\n", "part-of: sportbuff\n" },
            { "api-version", "apiVersion: policy/v1", "apiVersion: policy/v1beta1" },
            { "api-version", "apiVersion: external-secrets.io/v1", "apiVersion: external-secrets.io/v1beta1" },
            { "api-version", "apiVersion: gateway.networking.k8s.io/v1", "apiVersion: gateway.networking.k8s.io/v1beta1" },
            { "api-version", "apiVersion: velero.io/v1", "apiVersion: valero.io/v1" },
            { "unique-name", "kind: PodDisruptionBudget", "kind: Service" },
            { "registry", "registry.example/service@sha256:00", "service@sha256:00" },
            { "registry", "registry.example/service@sha256:00", "docker.io/bitnami/service@sha256:00" },
            { "registry", "registry.example/service@sha256:00", "registry.elsewhere.example/service@sha256:00" },
            { "registry", "registry.example/service@sha256:00", "registry.example:5000/service@sha256:00" },
            { "narrow-rights", "kind: PodDisruptionBudget", "kind: ClusterRoleBinding\nroleRef: {name: cluster-admin}" },
            { "narrow-rights", "kind: PodDisruptionBudget", "kind: Role\nrules: [{resources: [pods/exec]}]" },
            { "encrypted-outside", "{name: DBTLSENABLE, value: \"true\"}", "{name: DBTLSENABLE, value: \"false\"}" },
            { "encrypted-outside", ", {name: DBTLSENABLE, value: \"true\"}", "" },
            { "named-outside", "ports: [{protocol: TCP, port: 3306}]", "ports: []" },
            { "named-outside", "cidr: 10.30.0.0/19", "cidr: 0.0.0.0/0" },
            { "named-outside", "to: [{namespaceSelector: {}}]", "ports: [{port: 53}]" },
            { "behaviour", "maxmemory 64mb", "maxmemory 0" },
            { "behaviour", "[{configMap: {name: store}}]", "[{configMap: {name: stores}}]" },
            { "redis-replicas", "/etc/redis/form, \"1\"", "/etc/redis/form, \"0\"" },
            { "redis-replicas", "/etc/redis/form, \"1\"", "/etc/redis/form, \"2\"" },
            { "redis-replicas", "/etc/redis/form", "/etc/redis/meet" },
            { "redis-replicas", "replicas: 6", "replicas: 5" },
            { "own-role", "sportbuff-production-keeper", "sportbuff-staging-keeper" },
            { "own-role", "sportbuff-production-keeper", "sportbuff-production-keeper-retention" },
            {
                "narrow-route",
                "hostnames: [api.example], rules: [{matches: [{path: {type: Exact, value: /write}",
                "rules: [{matches: [{path: {type: Exact, value: /write}"
            },
            { "narrow-route", "{path: {type: Exact, value: /write}, method: POST}", "{path: {type: PathPrefix, value: /}, method: POST}" },
            { "narrow-route", "{path: {type: Exact, value: /write}, method: POST}", "{path: {type: Exact, value: /write}}" },
            { "narrow-route", "backendRefs: [{name: service, port: 80}]", "backendRefs: [{name: service, port: 81}]" },
            { "narrow-route", "certificateRefs: [{name: certificate}]", "mode: Terminate" },
            {
                "authenticated-write",
                "targetRefs: [{kind: HTTPRoute, name: write}], jwt",
                "targetRefs: [{kind: HTTPRoute, name: read}], jwt"
            },
            {
                "authenticated-write",
                "targetRefs: [{kind: HTTPRoute, name: write}], jwt: {",
                "targetRefs: [{kind: HTTPRoute, name: write}], jwt: {optional: true, "
            },
            { "authenticated-write", ", audiences: [everybody]", "" },
            { "limited-read", "sourceCIDR: {type: Distinct", "sourceCIDR: {type: Exact" },
            { "limited-read", "targetRefs: [{kind: HTTPRoute, name: read}]", "targetRefs: [{kind: HTTPRoute, name: write}]" },
            { "hardened-gateway", "minVersion: \"1.2\"", "minVersion: \"1.1\"" },
            { "hardened-gateway", "remove: [x-user]", "remove: []" },
            { "hardened-gateway", "listeners: [", "listeners: [{name: http, protocol: HTTP, port: 80}, " },
            { "default-deny", "policyTypes: [Ingress, Egress]", "policyTypes: [Egress]" },
            {
                "default-deny",
                "podSelector: {}, policyTypes: [Ingress, Egress]",
                "podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}]"
            },
            { "default-deny-out", "policyTypes: [Ingress, Egress]", "policyTypes: [Ingress]" },
            {
                "default-deny-out",
                "podSelector: {}, policyTypes: [Ingress, Egress]",
                "podSelector: {}, policyTypes: [Ingress, Egress], egress: [{}]"
            },
            { "dns-way", "{protocol: UDP, port: 53}, ", "" },
            { "dns-way", "podSelector: {matchLabels: {k8s-app: dns}}", "podSelector: {}" },
            {
                "dns-way",
                "podSelector: {}, policyTypes: [Egress]",
                "podSelector: {matchLabels: {app.kubernetes.io/name: service}}, policyTypes: [Egress]"
            },
            {
                "policy-target",
                "podSelector: {matchLabels: {app.kubernetes.io/name: store}}, policyTypes",
                "podSelector: {matchLabels: {app.kubernetes.io/name: none}}, policyTypes"
            },
            {
                "known-caller",
                "from: [{podSelector: {matchLabels: {app.kubernetes.io/name: service}}}]",
                "from: [{podSelector: {matchLabels: {app.kubernetes.io/name: stranger}}}]"
            },
            {
                "known-caller",
                "from: [{podSelector: {matchLabels: {app.kubernetes.io/name: service}}}]",
                "from: [{podSelector: {matchExpressions: [{key: app.kubernetes.io/name, operator: In, values: [service, stranger]}]}}]"
            },
            {
                "known-caller",
                "from: [{podSelector: {matchLabels: {app.kubernetes.io/name: service}}}]",
                "from: [{podSelector: {matchExpressions: [{key: app.kubernetes.io/name, operator: NotIn, values: [stranger]}]}}]"
            },
            {
                "known-caller",
                "from: [{podSelector: {matchLabels: {app.kubernetes.io/name: service}}}]",
                "from: [{podSelector: {matchLabels: {app.kubernetes.io/name: service}}, namespaceSelector: {}}]"
            },
            {
                "known-caller",
                "podSelector: {matchLabels: {app.kubernetes.io/name: store}}, policyTypes: [Ingress], ingress: [{from: [",
                "podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {tier: any}}}, "
            },
            { "named-inside", "from: [{podSelector: {matchLabels: {app.kubernetes.io/name: service}}}]", "from: [{podSelector: {}}]" },
            {
                "named-inside",
                "from: [{podSelector: {matchLabels: {app.kubernetes.io/name: service}}}]",
                "from: [{namespaceSelector: {}}]"
            },
            { "named-inside", "ports: [{protocol: TCP, port: 6379}]", "ports: []" },
            { "schema-apart", "secretKeyRef: {name: database, key: password}", "secretKeyRef: {name: maker, key: password}" },
            { "schema-apart", "configMap: {name: store}", "secret: {secretName: maker}" },
            { "schema-apart", "name: SCHEMA_PASSWORD", "name: SCHEMA" },
            { "autoscaler-query", "sum(store_messages{", "sum(store_message{" },
            { "autoscaler-query", "sum(store_messages{job=\"store\"", "sum(store_messages{job=\"shop\"" },
            { "autoscaler-query", "sum(store_messages{job=\"store\"", "sum(store_messages{jobs=\"store\"" },
            { "autoscaler-query", "name: store_$2", "name: store_$1" },
            { "autoscaler-query", "store.space.svc.cluster.local:6379", "shop.space.svc.cluster.local:6379" },
            { "autoscaler-query", "store.space.svc.cluster.local:6379", "store.space.svc.cluster.local:9090" },
            { "monitor-target", "matchLabels: {app.kubernetes.io/instance: service}", "matchLabels: {app.kubernetes.io/instance: other}" },
            { "monitor-target", "namespaceSelector: {matchNames: [space]}, ", "" },
            { "monitor-target", "endpoints: [{port: http}]", "endpoints: [{port: metrics}]" },
            { "monitor-target", "podMetricsEndpoints: [{port: store", "podMetricsEndpoints: [{port: metrics" },
            { "monitor-target", "url: \"store.space:6379\"", "url: \"store.space:9115\"" },
            { "monitor-target", "http://service.space/read", "http://services.space/read" },
            { "monitor-target", "module: answers", "module: answer" },
            { "alert-job", "jobName: asked", "jobName: other" },
            { "alert-job", "replacement: store", "replacement: shop" },
            { "alert-job", "jobLabel: app.kubernetes.io/name", "jobLabel: app.kubernetes.io/managed-by" },
        };

    [Fact]
    public void Sound_manifests_keep_every_rule() => Assert.Empty(Faults(Sound));

    [Theory]
    [MemberData(nameof(CounterExamples))]
    public void A_rule_is_broken_by_what_it_guards_against(string check, string part, string instead)
    {
        Assert.Contains(part, Sound, StringComparison.Ordinal);
        var at = Sound.IndexOf(part, StringComparison.Ordinal);

        Assert.Contains(
            Faults(Sound[..at] + instead + Sound[(at + part.Length)..]),
            fault => fault.Contains($"({check});", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_password_that_a_configuration_takes_from_its_environment_stands_elsewhere() =>
        Assert.Empty(
            Faults(Sound.Replace("    maxmemory 64mb", "    maxmemory 64mb\n    password \"#{ENV['PASSWORD']}\"", StringComparison.Ordinal))
        );

    [Fact]
    public void What_KEDA_scales_is_held_to_the_same_rules()
    {
        var scaled = Sound
            .Replace("autoscaling/v2", "keda.sh/v1alpha1", StringComparison.Ordinal)
            .Replace("HorizontalPodAutoscaler", "ScaledObject", StringComparison.Ordinal)
            .Replace("{kind: Deployment, name: scaled}", "{name: scaled}", StringComparison.Ordinal)
            .Replace(
                "minReplicas: 2, maxReplicas: 4, metrics: [",
                "minReplicaCount: 2, maxReplicaCount: 4, triggers: [{type: cpu, metricType: Utilization}, ",
                StringComparison.Ordinal
            );

        Assert.Empty(Faults(scaled));
        Assert.Equal(
            ["autoscaler-range", "autoscaler-requests", "replicas", "requests"],
            Faults(
                    scaled
                        .Replace("minReplicaCount: 2, maxReplicaCount: 4", "maxReplicaCount: 0", StringComparison.Ordinal)
                        .Replace("requests: {memory: 1Mi, cpu: 10m}", "requests: {memory: 1Mi}", StringComparison.Ordinal)
                )
                .Select(fault => fault.Split('(')[^1].Split(')')[0])
                .Order()
        );
    }

    [Fact]
    public void Every_rule_has_a_counter_example() =>
        Assert.Empty(ManifestChecks.All.Select(check => check.Name).Except(CounterExamples.Select(row => row.Data.Item1)).Order());

    [Fact]
    public void Staging_is_held_to_every_rule_that_production_is_held_to() =>
        Assert.All(ManifestChecks.All, check => Assert.Equal(check.HoldsIn("production"), check.HoldsIn("staging")));

    [Fact]
    public void A_fault_names_environment_file_object_and_what_to_do() =>
        Assert.Equal(
            ["production, sound.yaml: Service/service is a NodePort (cluster-ip); leave its type out; the gateway leads to it"],
            Faults(
                Sound.Replace(
                    "  selector: {app.kubernetes.io/name: service}\n  ports",
                    "  type: NodePort\n  selector: {app.kubernetes.io/name: service}\n  ports",
                    StringComparison.Ordinal
                )
            )
        );

    [Fact]
    public void An_exception_admits_one_object_to_break_one_rule() =>
        Assert.Empty(
            Faults(
                Sound.Replace("replicas: 2", "replicas: 1", StringComparison.Ordinal),
                new ManifestException
                {
                    Check = "replicas",
                    Environment = "production",
                    Holder = "Deployment/service",
                    Reason = "a test",
                }
            )
        );

    [Fact]
    public void An_exception_that_nothing_needs_is_a_fault() =>
        Assert.Equal(
            ["environments/exceptions.yaml: Deployment/service keeps the rule replicas in production; take the exception away"],
            Faults(
                Sound,
                new ManifestException
                {
                    Check = "replicas",
                    Environment = "production",
                    Holder = "Deployment/service",
                    Reason = "a test",
                }
            )
        );

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "base", 0)]
    [InlineData("base", "base", 0)]
    [InlineData("base", "", 1)]
    public void An_exception_of_a_contract_admits_nothing_where_services_keep_another(string excepted, string kept, int faults) =>
        Assert.Equal(
            faults,
            Examined(
                Sound.Replace("replicas: 2", "replicas: 1", StringComparison.Ordinal),
                kept,
                new ManifestException
                {
                    Check = "replicas",
                    Environment = "production",
                    Contract = excepted,
                    Holder = "Deployment/service",
                    Reason = "a test",
                }
            ).Count
        );

    [Fact]
    public void An_exception_of_a_contract_that_services_do_not_keep_is_not_idle() =>
        Assert.Empty(
            Faults(
                Sound,
                new ManifestException
                {
                    Check = "replicas",
                    Environment = "production",
                    Contract = "base",
                    Holder = "Deployment/service",
                    Reason = "a test",
                }
            )
        );

    [Theory]
    [InlineData("sound.yaml", 0)]
    [InlineData("other", 1)]
    public void An_exception_of_a_release_admits_all_its_objects_and_nobody_elses(string release, int faults) =>
        Assert.Equal(
            faults,
            Faults(
                Sound.Replace("replicas: 2", "replicas: 1", StringComparison.Ordinal),
                new ManifestException
                {
                    Check = "replicas",
                    Environment = "production",
                    Release = release,
                    Reason = "a test",
                }
            ).Count
        );

    private static IReadOnlyList<string> Faults(string yaml, params IReadOnlyList<ManifestException> exceptions) =>
        Examined(yaml, contract: "", exceptions);

    private static IReadOnlyList<string> Examined(string yaml, string contract, params IReadOnlyList<ManifestException> exceptions) =>
        new ManifestExamination(exceptions).FaultsOf(
            new ManifestSet("production", ManifestReader.Parse(yaml, "sound.yaml"))
            {
                Contract = contract,
                ExistingSecrets = new Dictionary<string, IReadOnlyList<string>> { ["database"] = ["password"], ["maker"] = ["password"] },
                BegunSecrets = new HashSet<string> { "certificate" },
                Known = new KnownNames(
                    new HashSet<string> { "registry.example" },
                    new Dictionary<string, IReadOnlySet<string>> { ["store"] = new HashSet<string> { "service" } }
                ),
            }
        );
}
