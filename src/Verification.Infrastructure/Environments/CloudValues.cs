using System.Text.RegularExpressions;
using Verification.Infrastructure.Plans;

namespace Verification.Infrastructure.Environments;

/// <summary>What the deployment has written down of the cloud underneath, held against what Terraform tells of it.</summary>
public static partial class CloudValues
{
    /// <summary>The output of an environment that holds the text.</summary>
    public const string Output = "values";

    /// <summary>The namespace of the platform.</summary>
    private const string Namespace = "sportbuff";

    /// <summary>The namespaces of what the platform stands on (helmfile.yaml), by its account, where it is another.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["cert-manager"] = "cert-manager",
        ["cluster-autoscaler"] = "kube-system",
        ["ebs-csi-controller"] = "kube-system",
        ["efs-csi-controller"] = "kube-system",
        ["external-dns"] = "external-dns",
        ["external-secrets"] = "external-secrets",
        ["velero"] = "velero",
    };

    /// <summary>Where the text is written down, from the root of the project.</summary>
    /// <param name="environment">Name of the environment.</param>
    public static string FileOf(string environment) => Path.Combine("environments", environment, "cloud.yaml");

    /// <summary>The lines that differ. The number of the account and what AWS makes up of the id of a file system do not count, as a
    /// simulator has its own; that the account is one does.</summary>
    /// <param name="told">What Terraform tells.</param>
    /// <param name="written">What is written down.</param>
    /// <returns>The differences, and how many lines were told.</returns>
    public static (IReadOnlyList<string> Deviations, int Lines) Compare(string told, string written)
    {
        var (tells, has) = (Lines(told), Lines(written));
        var accounts = Account().Matches(written).Select(match => match.Value).Distinct(StringComparer.Ordinal).ToList();
        return (
            [
                .. accounts.Count > 1
                    ? [$"several accounts are written down ({string.Join(", ", accounts)}), and it is of one"]
                    : (string[])[],
                .. tells.Except(has, StringComparer.Ordinal).Select(line => $"Terraform tells '{line.Trim()}', which is not written down"),
                .. has.Except(tells, StringComparer.Ordinal)
                    .Select(line => $"'{line.Trim()}' is written down, and Terraform does not tell it"),
                .. tells.Count == has.Count && !tells.SequenceEqual(has) && tells.Order().SequenceEqual(has.Order())
                    ? ["the lines are written down in another order"]
                    : (string[])[],
                .. tells.Count != has.Count && !tells.Except(has).Any() && !has.Except(tells).Any()
                    ? ["a line is written down more or less often than Terraform tells it"]
                    : (string[])[],
            ],
            tells.Count
        );
    }

    /// <summary>The roles that are told and are not for the service account that the deployment gives them to, which is named as they
    /// end.</summary>
    /// <param name="told">What Terraform tells.</param>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="resources">The resources of its state.</param>
    public static IReadOnlyList<string> Strangers(string told, string environment, IReadOnlyList<DescribedResource> resources) =>
        [
            .. Role()
                .Matches(told)
                .Select(match => match.Groups["name"].Value)
                .Distinct(StringComparer.Ordinal)
                .Select(name => (Name: name, Account: name[Math.Min($"sportbuff-{environment}-".Length, name.Length)..]))
                .Select(role =>
                    (
                        role.Name,
                        Account: $"system:serviceaccount:{Elsewhere.GetValueOrDefault(role.Account, Namespace)}:{role.Account}",
                        Trust: resources
                            .FirstOrDefault(each => each.Type == "aws_iam_role" && each.Text("name") == role.Name)
                            ?.Text("assume_role_policy")
                    )
                )
                .Where(role => role.Trust?.Contains($"\"{role.Account}\"", StringComparison.Ordinal) != true)
                .Select(role =>
                    role.Trust is null
                        ? $"the role {role.Name} is told, and not made"
                        : $"the role {role.Name} is not for {role.Account}, which the deployment gives it to"
                ),
        ];

    private static List<string> Lines(string text) =>
        [
            .. FileSystem()
                .Replace(Account().Replace(text, "ACCOUNT"), "fs-ID")
                .ReplaceLineEndings("\n")
                .Split('\n')
                .Where(line => line.Trim().Length > 0),
        ];

    [GeneratedRegex(@":role/(?<name>[A-Za-z0-9-]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Role();

    [GeneratedRegex(@"\b[0-9]{12}\b", RegexOptions.NonBacktracking)]
    private static partial Regex Account();

    [GeneratedRegex(@"\bfs-[0-9a-f]{8,40}\b", RegexOptions.NonBacktracking)]
    private static partial Regex FileSystem();
}
