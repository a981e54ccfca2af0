using System.Text.Json;
using Verification.Infrastructure.Plans;

namespace Verification.Infrastructure.Guarding;

/// <summary>What no policy may allow, whichever resource has it in whichever attribute.</summary>
public static class PolicyRules
{
    private const string Tagged = "aws:ResourceTag/k8s.io/cluster-autoscaler/";

    /// <summary>The statements that allow something on every resource of a kind.</summary>
    private static readonly Excepted[] Everywhere =
    [
        new(
            "SeesGroups",
            [
                "autoscaling:DescribeAutoScalingGroups",
                "autoscaling:DescribeAutoScalingInstances",
                "autoscaling:DescribeLaunchConfigurations",
                "autoscaling:DescribeScalingActivities",
                "ec2:DescribeImages",
                "ec2:DescribeInstanceTypes",
                "ec2:DescribeLaunchTemplateVersions",
            ],
            null,
            "what describes groups, instances and images knows no narrower resource"
        ),
        new("SeesZones", ["route53:ListHostedZones"], null, "a list of zones is of all of them"),
        new("SeesChanges", ["route53:GetChange"], null, "a change has a number of its own, which nobody knows before it is made"),
        new(
            "ScalesItsOwn",
            ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
            Tagged,
            "EKS makes the groups of nodes, under names that nobody knows before; their tag says whose they are"
        ),
    ];

    /// <summary>The statements that allow something to everybody.</summary>
    private static readonly Excepted[] ToEverybody =
    [
        new("LayersOfImages", ["s3:GetObject"], null, "the layers of images are fetched by links that the registry has signed"),
        new("TakesOwnRoles", ["sts:AssumeRoleWithWebIdentity"], null, "who shows a token of the cluster to be given a role has none yet"),
    ];

    /// <summary>The services that take a role without saying for which account, each with the reason.</summary>
    private static readonly Dictionary<string, string> Unconditional = new(StringComparer.Ordinal)
    {
        ["ec2.amazonaws.com"] = "EC2 names no source; only who may pass the role gives it to an instance",
    };

    /// <summary>The policies of AWS's own that a role may have, each with the reason.</summary>
    private static readonly Dictionary<string, string> OfAws = new(StringComparer.Ordinal)
    {
        ["AmazonEKSClusterPolicy"] = "what a control plane does, AWS alone knows",
        ["AmazonEKSWorkerNodePolicy"] = "a node sees the cluster that it joins",
        ["AmazonEKS_CNI_Policy"] = "a node gives its pods their addresses",
        ["AmazonEC2ContainerRegistryReadOnly"] = "a node pulls images",
        ["service-role/AmazonEBSCSIDriverPolicy"] = "AWS keeps it up with the driver of disks",
        ["service-role/AmazonEFSCSIDriverPolicy"] = "AWS keeps it up with the driver of files",
    };

    /// <summary>Services whose resources' names have no type before them.</summary>
    private static readonly string[] Untyped = ["s3", "sns", "sqs"];

    private static readonly string[] Equality = ["StringEquals", "StringLike", "ArnEquals", "ArnLike"];

    private static readonly string[] Sources = ["aws:SourceAccount", "aws:SourceArn"];

    /// <summary>A way to a service within a network: it lets through, and grants nothing.</summary>
    private const string Way = "aws_vpc_endpoint";

    private const string Key = "aws_kms_key";

    /// <summary>Who may remove what is written to a bucket, by the end of the resource's address, and from which bucket: what keeps backups
    /// by their age does it apart from who makes them, and what keeps the objects of a cluster has a bucket for itself.</summary>
    private static readonly (string Who, string Bucket)[] Removing =
    [
        ("[\"backup-retention\"]", "-backups-"),
        ("[\"velero\"]", "-objects-"),
    ];

    /// <summary>What anybody may remove who wrote it: restic's own locks, and uploads of binary logs that are open.</summary>
    private static readonly string[] Passing = ["/locks/*", "/tail/*"];

    /// <summary>What whoever uses data, keys and secrets needs of their services, beside what only reads. Whatever else these offer changes
    /// who may read, and for how long it is kept; and who may give rights may do all. Of the policy of a key itself this says nothing: it
    /// names who looks after it.</summary>
    private static readonly Dictionary<string, string[]> Uses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["s3"] = ["PutObject", "DeleteObject", "DeleteObjectVersion", "AbortMultipartUpload", "ReplicateObject", "ReplicateTags"],
        ["kms"] =
        [
            "Decrypt",
            "Encrypt",
            "GenerateDataKey",
            "GenerateDataKeyWithoutPlaintext",
            "ReEncryptFrom",
            "ReEncryptTo",
            "CreateGrant",
        ],
        ["secretsmanager"] = [],
        ["iam"] = [],
    };

    private static readonly string[] Reads = ["Get", "List", "Describe"];

    /// <summary>Every statement that allows too much, and how many there are in all.</summary>
    /// <param name="resources">The resources of a state.</param>
    public static (IReadOnlyList<string> Deviations, int Observations) Look(IReadOnlyList<DescribedResource> resources)
    {
        var own = resources
            .Where(resource => resource.Type is Key or "aws_iam_role")
            .Select(resource => Account(resource.Text("arn")))
            .Where(account => account.Length > 0)
            .ToHashSet(StringComparer.Ordinal);
        var statements = resources
            .SelectMany(resource => Policies(resource.Values).SelectMany(Statements).Select(statement => (resource, statement)))
            .ToList();
        var attachments = resources.Where(resource => resource.Type == "aws_iam_role_policy_attachment").ToList();
        return (
            [
                .. statements.SelectMany(each =>
                    Faults(each.resource, each.statement, own)
                        .Distinct(StringComparer.Ordinal)
                        .Select(fault => $"{each.resource.Address}: {Name(each.statement)} {fault}")
                ),
                .. attachments
                    .Where(each => !OfAws.ContainsKey(each.Text("policy_arn").Split(":iam::aws:policy/")[^1]))
                    .Select(each => $"{each.Address} gives {each.Text("policy_arn")}, which is on no list that says why"),
            ],
            statements.Count + attachments.Count
        );
    }

    private static IEnumerable<string> Faults(DescribedResource resource, JsonElement statement, HashSet<string> own)
    {
        // One that denies keeps out: the more, the better.
        if (Text(statement, "Effect") != "Allow")
            yield break;
        if (Texts(statement, "Action").FirstOrDefault(IsPattern) is { } action)
            yield return $"allows {action}";
        if (
            resource.Type is not (Way or Key)
            && Texts(statement, "Action").FirstOrDefault(each => !IsPattern(each) && !IsUse(each)) is { } administration
        )
            yield return $"allows {administration}, by which what protects data can be undone";
        if (
            statement.TryGetProperty("NotAction", out _)
            || statement.TryGetProperty("NotResource", out _)
            || statement.TryGetProperty("NotPrincipal", out _)
        )
            yield return "allows all but what it names";
        var principals = Principals(statement).ToList();
        if (principals.Exists(principal => IsPattern(principal.Value)) && !(resource.Type == Way && IsExcepted(ToEverybody, statement)))
            yield return "allows it to everybody";
        if (
            resource.Type != Way
            && Texts(statement, "Action").Any(each => each.StartsWith("s3:Delete", StringComparison.OrdinalIgnoreCase))
            && Texts(statement, "Resource")
                .Any(target =>
                    !Passing.Any(end => target.EndsWith(end, StringComparison.Ordinal))
                    && !Removing.Any(each =>
                        resource.Address.EndsWith(each.Who, StringComparison.Ordinal)
                        && target.Contains(each.Bucket, StringComparison.Ordinal)
                    )
                )
        )
            yield return "removes what is written, which is for others: of backups backup-retention alone, of objects velero";
        foreach (var target in Texts(statement, "Resource").Where(IsEverything))
            // In the policy of a key, every resource is that key.
            if (!(resource.Type == Key && target == "*") && !IsExcepted(Everywhere, statement))
                yield return $"allows it on every resource ({target}), and is on no list that says why";
        foreach (var account in principals.Select(principal => principal.Value).Concat(SourcesOf(statement)).Select(Account))
            if (IsForeign(account))
                yield return $"trusts account {account}";
        foreach (var account in Texts(statement, "Resource").Select(Account).Where(IsForeign))
            yield return $"reaches into account {account}";
        foreach (var fault in FaultsOfTrust(statement, principals))
            yield return fault;

        bool IsForeign(string account) => account.Length > 0 && !own.Contains(account);
    }

    private static IEnumerable<string> FaultsOfTrust(JsonElement statement, List<(string Kind, string Value)> principals)
    {
        foreach (var service in principals.Where(principal => principal.Kind == "Service").Select(principal => principal.Value))
            if (!Unconditional.ContainsKey(service) && !(SourcesOf(statement).ToList() is { Count: > 0 } from && !from.Any(IsEverything)))
                yield return $"trusts {service} for any account: a condition on aws:SourceAccount or aws:SourceArn is missing";
        if (principals.Exists(principal => principal.Kind == "Federated"))
            foreach (var claim in (string[])[":aud", ":sub"])
            {
                var values = Conditions(statement)
                    .Where(condition => condition.Operator == "StringEquals" && condition.Key.EndsWith(claim, StringComparison.Ordinal))
                    .Select(condition => condition.Value)
                    .ToList();
                if (values.Count == 0)
                    yield return $"trusts whoever has a token of the issuer: StringEquals on {claim} is missing";
                else if (values.Find(IsPattern) is { } pattern)
                    yield return $"trusts whoever has a token of the issuer: {claim} is {pattern}";
            }
    }

    private static bool IsUse(string action) =>
        action.Split(':', 2) is not [var service, var name]
        || !Uses.TryGetValue(service, out var uses)
        || uses.Contains(name, StringComparer.OrdinalIgnoreCase)
        || Reads.Any(read => name.StartsWith(read, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a list has the statement, by its name, with all that it allows and on the condition that it needs.</summary>
    private static bool IsExcepted(IEnumerable<Excepted> exceptions, JsonElement statement) =>
        exceptions.Any(exception =>
            exception.Sid == Text(statement, "Sid")
            && Texts(statement, "Action").All(action => exception.Actions.Contains(action, StringComparer.Ordinal))
            && (
                exception.Condition is null
                || Conditions(statement)
                    .Any(condition =>
                        condition.Operator == "StringEquals"
                        && condition.Key.StartsWith(exception.Condition, StringComparison.Ordinal)
                        && condition.Key.Length > exception.Condition.Length
                    )
            )
        );

    /// <summary>Whether an ARN, or what a condition compares with one, names nothing, or no more than a kind.</summary>
    private static bool IsEverything(string target)
    {
        if (IsWild(target))
            return true;
        var parts = target.Split(':', 6);
        if (parts[0] != "arn")
            return false;
        if (parts.Length < 6 || parts[1..5].Any(IsPattern))
            return parts.Any(IsPattern);
        var names = parts[5].Split([':', '/'], StringSplitOptions.RemoveEmptyEntries);
        return names.Length == 0
            || IsWild(names[0])
            || (!Untyped.Contains(parts[2], StringComparer.Ordinal) && (IsPattern(names[0]) || (names.Length > 1 && IsWild(names[1]))));
    }

    private static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    private static bool IsWild(string text) => text.Length > 0 && text.AsSpan().Trim("*?").IsEmpty;

    /// <summary>The number of the account that an ARN or a principal is of; empty where it names none.</summary>
    private static string Account(string text)
    {
        var number = text.Split(':', 6) is { Length: 6 } parts ? parts[4] : text;
        return number.Length == 12 && number.All(char.IsAsciiDigit) ? number : string.Empty;
    }

    private static IEnumerable<(string Kind, string Value)> Principals(JsonElement statement) =>
        !statement.TryGetProperty("Principal", out var principal) ? []
        : principal.ValueKind == JsonValueKind.Object
            ? principal.EnumerateObject().SelectMany(kind => Texts(principal, kind.Name).Select(value => (kind.Name, value)))
        : Texts(statement, "Principal").Select(value => ("AWS", value));

    private static IEnumerable<string> SourcesOf(JsonElement statement) =>
        Conditions(statement)
            .Where(condition =>
                Equality.Contains(condition.Operator, StringComparer.Ordinal)
                && Sources.Contains(condition.Key, StringComparer.OrdinalIgnoreCase)
            )
            .Select(condition => condition.Value);

    private static IEnumerable<(string Operator, string Key, string Value)> Conditions(JsonElement statement) =>
        statement.TryGetProperty("Condition", out var condition)
            ? condition
                .EnumerateObject()
                .SelectMany(comparison =>
                    comparison
                        .Value.EnumerateObject()
                        .SelectMany(key => Texts(comparison.Value, key.Name).Select(value => (comparison.Name, key.Name, value)))
                )
            : [];

    private static string Name(JsonElement statement) => Text(statement, "Sid") is { Length: > 0 } sid ? sid : "a statement without Sid";

    /// <summary>Whatever text within a value is a policy.</summary>
    private static IEnumerable<JsonElement> Policies(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Policies(property.Value)),
            JsonValueKind.Array => value.EnumerateArray().SelectMany(Policies),
            JsonValueKind.String
                when value.GetString() is { } text
                    && text.AsSpan().TrimStart().StartsWith("{")
                    && text.Contains("\"Statement\"", StringComparison.Ordinal) => [Parsed(text)],
            _ => [],
        };

    private static IEnumerable<JsonElement> Statements(JsonElement policy) =>
        policy.GetProperty("Statement") is { ValueKind: JsonValueKind.Array } several
            ? several.EnumerateArray()
            : [policy.GetProperty("Statement")];

    private static JsonElement Parsed(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement statement, string name) => Texts(statement, name).FirstOrDefault() ?? string.Empty;

    private static IEnumerable<string> Texts(JsonElement statement, string name) =>
        statement.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.Array => value.EnumerateArray().Select(each => each.ToString()),
                JsonValueKind.Object or JsonValueKind.Null => [],
                _ => [value.ToString()],
            }
            : [];

    /// <summary>A statement that may allow more than others may.</summary>
    /// <param name="Sid">Its name.</param>
    /// <param name="Actions">What it allows; with another action it is none of these.</param>
    /// <param name="Condition">What the key of a condition that it must have begins with; null for none.</param>
    /// <param name="Reason">Why: AWS offers nothing narrower.</param>
    private sealed record Excepted(string Sid, IReadOnlyList<string> Actions, string? Condition, string Reason);
}
