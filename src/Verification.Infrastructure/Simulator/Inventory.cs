using System.Text.Json;
using System.Xml.Linq;

namespace Verification.Infrastructure.Simulator;

/// <summary>What an account holds, of the kinds that the infrastructure is made of, as the services themselves list it.</summary>
/// <param name="aws">The cloud.</param>
/// <param name="regions">The regions that are looked at.</param>
public sealed class Inventory(AwsCalls aws, IReadOnlyList<string> regions)
{
    private const string Bucket = "bucket";

    private static readonly (string Kind, string Call, string Name)[] OfNetwork =
    [
        ("network", "DescribeVpcs", "vpcId"),
        ("address", "DescribeAddresses", "allocationId"),
        ("way out", "DescribeInternetGateways", "internetGatewayId"),
        ("template", "DescribeLaunchTemplates", "launchTemplateId"),
    ];

    /// <summary>Names of the buckets among what was listed.</summary>
    /// <param name="listed">What was listed.</param>
    public static IReadOnlyList<string> Buckets(IEnumerable<string> listed) =>
        [.. listed.Where(each => each.StartsWith($"{Bucket} ", StringComparison.Ordinal)).Select(each => each[(Bucket.Length + 1)..])];

    /// <summary>Everything that is there, each by kind, region and name.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">A service does not answer.</exception>
    public async Task<IReadOnlySet<string>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        void Add(string kind, IEnumerable<string> names) => found.UnionWith(names.Select(name => $"{kind} {name}"));

        Add(Bucket, await aws.BucketsAsync(cancellationToken).ConfigureAwait(false));
        Add(
            "role",
            Names(
                await aws.QueryAsync("iam", "us-east-1", "Action=ListRoles&Version=2010-05-08", cancellationToken).ConfigureAwait(false),
                "RoleName"
            )
        );
        Add(
            "zone of DNS",
            Names(await aws.GetAsync("route53", "us-east-1", "/2013-04-01/hostedzone", cancellationToken).ConfigureAwait(false), "Name")
        );
        foreach (var region in regions)
        {
            foreach (var (kind, call, name) in OfNetwork)
                Add(
                    $"{kind} in {region}",
                    Names(
                        await aws.QueryAsync("ec2", region, $"Action={call}&Version=2016-11-15", cancellationToken).ConfigureAwait(false),
                        name
                    )
                );
            Add(
                $"cluster in {region}",
                (await aws.CallAsync("eks", region, "/clusters", cancellationToken).ConfigureAwait(false))
                    .GetProperty("clusters")
                    .EnumerateArray()
                    .Select(name => name.GetString()!)
            );
            Add(
                $"file system in {region}",
                Names(
                    await aws.CallAsync("elasticfilesystem", region, "/2015-02-01/file-systems", cancellationToken).ConfigureAwait(false),
                    "FileSystems",
                    "FileSystemId"
                )
            );
            Add(
                $"log in {region}",
                Names(
                    await aws.CallAsync("logs", region, "Logs_20140328.DescribeLogGroups", new { }, cancellationToken)
                        .ConfigureAwait(false),
                    "logGroups",
                    "logGroupName"
                )
            );
            Add(
                $"certificate in {region}",
                Names(
                    await aws.CallAsync("acm", region, "CertificateManager.ListCertificates", new { }, cancellationToken)
                        .ConfigureAwait(false),
                    "CertificateSummaryList",
                    "CertificateArn"
                )
            );
            Add(
                $"secret in {region}",
                Names(
                    await aws.CallAsync(
                            "secretsmanager",
                            region,
                            "secretsmanager.ListSecrets",
                            new { IncludePlannedDeletion = true },
                            cancellationToken
                        )
                        .ConfigureAwait(false),
                    "SecretList",
                    "Name"
                )
            );
            Add(
                $"repository in {region}",
                Names(
                    await aws.CallAsync(
                            "ecr",
                            region,
                            "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories",
                            new { },
                            cancellationToken
                        )
                        .ConfigureAwait(false),
                    "repositories",
                    "repositoryName"
                )
            );
            Add(
                $"database in {region}",
                Names(
                    await aws.QueryAsync("rds", region, "Action=DescribeDBInstances&Version=2014-10-31", cancellationToken)
                        .ConfigureAwait(false),
                    "DBInstanceIdentifier"
                )
            );
            Add(
                $"broker in {region}",
                Names(
                    await aws.CallAsync("mq", region, "/v1/brokers", cancellationToken).ConfigureAwait(false),
                    "brokerSummaries",
                    "brokerName"
                )
            );
            Add($"key in {region}", await KeysAsync(region, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    /// <summary>The keys that are in use: AWS deletes none at once, so that one which waits for its end is as gone as it can be.</summary>
    private async Task<IReadOnlyList<string>> KeysAsync(string region, CancellationToken cancellationToken)
    {
        var living = new List<string>();
        foreach (
            var key in Names(
                await aws.CallAsync("kms", region, "TrentService.ListKeys", new { }, cancellationToken).ConfigureAwait(false),
                "Keys",
                "KeyId"
            )
        )
        {
            var described = await aws.CallAsync("kms", region, "TrentService.DescribeKey", new { KeyId = key }, cancellationToken)
                .ConfigureAwait(false);
            if (described.GetProperty("KeyMetadata").GetProperty("KeyState").GetString() != "PendingDeletion")
                living.Add(key);
        }

        return living;
    }

    private static IEnumerable<string> Names(JsonElement answer, string list, string name) =>
        answer.GetProperty(list).EnumerateArray().Select(each => each.GetProperty(name).GetString()!);

    private static IEnumerable<string> Names(XDocument answer, string name) =>
        answer.Descendants().Where(element => element.Name.LocalName == name).Select(element => element.Value);
}
