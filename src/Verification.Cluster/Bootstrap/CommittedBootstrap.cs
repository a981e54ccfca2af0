using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Verification.Cluster.Manifests;
using Verification.Objectives;
using Verification.Stack;

namespace Verification.Cluster.Bootstrap;

/// <summary>What lies in the project for environments to begin with. SOPS encrypts values, not names: nobody needs a key to see whether
/// all of it is encrypted, and whether it is all that the environment names.</summary>
/// <param name="Files">The texts by their paths from the project: <c>.sops.yaml</c>, the values of each environment, and whatever may hold
/// what one begins with.</param>
public sealed partial record CommittedBootstrap(IReadOnlyDictionary<string, string> Files)
{
    private const string Rules = ".sops.yaml";
    private const string Folder = "environments/";
    private const string Values = "/values.yaml";

    /// <summary>Whom SOPS encrypts for, each by its kind.</summary>
    private static readonly string[] Recipients = ["age", "pgp", "kms", "gcp_kms", "azure_kv", "hc_vault", "key_groups"];

    /// <summary>By what a rule of SOPS leaves values, or comments, in the clear.</summary>
    private static readonly string[] Narrowing =
    [
        "encrypted_regex",
        "encrypted_suffix",
        "encrypted_comment_regex",
        "unencrypted_regex",
        "unencrypted_suffix",
        "unencrypted_comment_regex",
    ];

    /// <summary>Reads what there is.</summary>
    /// <param name="root">The project.</param>
    public static CommittedBootstrap Read(ProjectRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var environments = Path.Combine(root.Path, "environments");
        var paths = Directory
            .EnumerateDirectories(environments)
            .SelectMany(Directory.EnumerateFiles)
            .Select(file => Path.GetRelativePath(root.Path, file).Replace('\\', '/'))
            .Where(file => file.EndsWith(Values, StringComparison.Ordinal) || MayHold(file))
            .Append(Rules);
        var found = new CommittedBootstrap(TextsOf(paths));
        return new CommittedBootstrap(TextsOf(found.Files.Keys.Concat(found.Environments.Select(found.FileOf))));

        Dictionary<string, string> TextsOf(IEnumerable<string> files) =>
            files
                .Distinct(StringComparer.Ordinal)
                .Where(file => File.Exists(Path.Combine(root.Path, file)))
                .ToDictionary(file => file, file => File.ReadAllText(Path.Combine(root.Path, file)), StringComparer.Ordinal);
    }

    /// <summary>What was looked at: each key of each secret that an environment begins with, and each value of each file.</summary>
    public int Looked =>
        Environments.Sum(environment => NamedIn(environment).Sum(each => each.Keys.Count)) + Held.Sum(file => LeavesOf(file).Count);

    /// <summary>What is wrong, each a phrase with the file, what was expected, and what to do.</summary>
    public IReadOnlyList<string> Faults =>
        [
            .. Held.SelectMany(FaultsIn),
            .. Environments.SelectMany(environment => FaultsOf(environment).Concat(FaultsOfRule(FileOf(environment)))),
        ];

    private IReadOnlyList<string> Environments =>
        [
            .. Files
                .Keys.Where(file => file.StartsWith(Folder, StringComparison.Ordinal) && file.EndsWith(Values, StringComparison.Ordinal))
                .Select(file => file[Folder.Length..^Values.Length])
                .Where(environment => ValuesOf(environment).At("bootstrap") is not null)
                .Order(StringComparer.Ordinal),
        ];

    private IReadOnlyList<string> Held =>
        [
            .. Files
                .Keys.Where(MayHold)
                .Concat(Environments.Select(FileOf).Where(Files.ContainsKey))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    private IEnumerable<string> FaultsIn(string file)
    {
        if (RootOf(file) is not { } root)
        {
            yield return $"{file}: is not one mapping of YAML, as SOPS writes it: take it away, and make it by sops edit {file}";
            yield break;
        }

        if (
            !root.TextAt("sops", "mac").StartsWith("ENC[", StringComparison.Ordinal)
            || !Recipients.Any(kind => root.ListAt("sops", kind).Count > 0)
        )
            yield return $"{file}: has no metadata of SOPS (sops: with recipients and a mac), so it is not encrypted: encrypt it (sops encrypt -i {file}), and change every value that anybody could read";
        foreach (var (name, value) in LeavesOf(file))
            if (Encrypted().Match(value) is not { Success: true } encrypted)
                yield return $"{file}: {name} is in the clear, and ENC[…] is expected of every value: change what it opens, and write the new value by sops edit {file}";
            else if (encrypted.Groups["type"].Value is not "str" and var type)
                yield return $"{file}: {name} is encrypted as {type}, and a text is expected: put it in quotes (sops edit {file})";
        if (ClearComment().IsMatch(Files[file]))
            yield return $"{file}: has a comment in the clear, and #ENC[…] is expected of every comment: write it by sops edit {file}, or take it away";
    }

    private IEnumerable<string> FaultsOf(string environment)
    {
        var values = ValuesOf(environment);
        var (from, file, own) = ($"{Folder}{environment}{Values}", FileOf(environment), $"{Folder}{environment}/");
        if (!file.StartsWith(own, StringComparison.Ordinal) || file.Contains("..", StringComparison.Ordinal))
            yield return $"{from}: bootstrap.file is '{file}', and a file below {own} is expected: what another environment begins with is not for this one";
        if (!Files.ContainsKey(file))
        {
            if (values.TextAt("bootstrap", "enabled") == "true")
                yield return $"{from}: bootstrap.enabled is true, and there is no {file}: make it by sops edit {file}, or say enabled: false until it is there";
            yield break;
        }

        var root = RootOf(file);
        foreach (var (secret, keys) in NamedIn(environment))
        {
            if (keys.Count == 0)
                yield return $"{from}: bootstrap.secrets names {secret}, and its keys are expected in existingSecrets: name them there";
            foreach (var key in keys.Where(key => root.At(secret, $"{key}") is not JsonValue))
                yield return $"{file}: lacks {secret}/{key}, which existingSecrets of {from} names: add it by sops edit {file}";
        }
    }

    private IEnumerable<string> FaultsOfRule(string file)
    {
        var rules = RootOf(Rules).ListAt("creation_rules");
        var number = rules.TakeWhile(rule => !IsFor(rule, file)).Count();
        if (number == rules.Count)
            yield return $"{Rules}: no rule of creation_rules is for {file}: give one a path_regex that it fits";
        else
            foreach (var narrowing in Narrowing.Where(key => rules[number].At(key) is not null))
                yield return $"{Rules}: {narrowing} of rule {number + 1} (path_regex {rules[number].TextAt("path_regex")}) leaves values of {file} in the clear, and every value is to be encrypted: take {narrowing} away, and encrypt anew what was made by it";
    }

    private IEnumerable<(string Secret, IReadOnlyList<JsonNode> Keys)> NamedIn(string environment)
    {
        var values = ValuesOf(environment);
        return values.ListAt("bootstrap", "secrets").Select(secret => ($"{secret}", values.ListAt("existingSecrets", $"{secret}")));
    }

    private JsonNode? ValuesOf(string environment) => RootOf($"{Folder}{environment}{Values}");

    private string FileOf(string environment) => ValuesOf(environment).TextAt("bootstrap", "file");

    private JsonNode? RootOf(string file)
    {
        try
        {
            return Files.TryGetValue(file, out var text) && ManifestReader.Parse(text, file) is [var only] ? only.Root : null;
        }
        catch (DocumentException)
        {
            return null;
        }
    }

    private IReadOnlyList<(string Name, string Value)> LeavesOf(string file) =>
        RootOf(file) is JsonObject root ? [.. root.Where(each => each.Key != "sops").SelectMany(each => Leaves(each.Key, each.Value))] : [];

    private static IEnumerable<(string Name, string Value)> Leaves(string name, JsonNode? node) =>
        node switch
        {
            JsonObject map => map.SelectMany(each => Leaves($"{name}/{each.Key}", each.Value)),
            JsonArray list => list.SelectMany((each, index) => Leaves($"{name}/{index}", each)),
            _ => [(name, node?.ToString() ?? string.Empty)],
        };

    /// <summary>Also a copy that somebody has left beside it, opened.</summary>
    private static bool MayHold(string file) =>
        file.StartsWith(Folder, StringComparison.Ordinal)
        && file[(file.LastIndexOf('/') + 1)..].StartsWith("bootstrap", StringComparison.OrdinalIgnoreCase)
        && !file.EndsWith(".gotmpl", StringComparison.Ordinal);

    private static bool IsFor(JsonNode rule, string file)
    {
        try
        {
            return Regex.IsMatch(file, rule.TextAt("path_regex"), RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(
        @"^ENC\[AES256_GCM,data:[^,\]]+,iv:[^,\]]+,tag:[^,\]]+,type:(?<type>[a-z]+)\]$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Encrypted();

    [GeneratedRegex(@"(^|\s)#(?!ENC\[)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClearComment();
}
