using Verification.Objectives;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Verification.Cluster.Manifests;

/// <summary>Objects that may break a rule, each with its reason: <c>environments/exceptions.yaml</c>.</summary>
public static class ManifestExceptions
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="DocumentException">It is not there, no list of exceptions, or one of them lacks a part.</exception>
    public static IReadOnlyList<ManifestException> Read(string file)
    {
        if (!File.Exists(file))
            throw new DocumentException(
                file,
                0,
                0,
                "there is no such file. It lists the objects that may break a rule, or is an empty list."
            );
        try
        {
            var list =
                new DeserializerBuilder()
                    .WithNamingConvention(CamelCaseNamingConvention.Instance)
                    .Build()
                    .Deserialize<List<Entry>>(File.ReadAllText(file))
                ?? [];
            return list.Find(each => !each.IsWhole) is { } incomplete
                ? throw new DocumentException(
                    file,
                    0,
                    0,
                    $"the exception of '{incomplete.Check}' for '{string.Join(", ", [incomplete.Holder, .. incomplete.Releases])}' needs check, environment or environments, object or releases, and reason."
                )
                : [.. list.SelectMany(each => each.Exceptions)];
        }
        catch (YamlException e)
        {
            throw new DocumentException(file, (int)e.Start.Line, (int)e.Start.Column, (e.InnerException ?? e).Message);
        }
    }

    /// <summary>What the file says of one rule.</summary>
    private sealed class Entry
    {
        public string Check { get; set; } = "";

        public string Environment { get; set; } = "";

        public List<string> Environments { get; set; } = [];

        public string Contract { get; set; } = "";

        [YamlMember(Alias = "object")]
        public string Holder { get; set; } = "";

        public List<string> Releases { get; set; } = [];

        public string Reason { get; set; } = "";

        public bool IsWhole =>
            Check.Length > 0
            && (Environment.Length == 0) != (Environments.Count == 0)
            && (Holder.Length == 0) != (Releases.Count == 0)
            && Reason.Length > 0;

        public IEnumerable<ManifestException> Exceptions =>
            from environment in Environments.Count > 0 ? Environments : [Environment]
            from release in Releases.Count > 0 ? Releases : [""]
            select new ManifestException
            {
                Check = Check,
                Environment = environment,
                Contract = Contract,
                Holder = Holder,
                Release = release,
                Reason = Reason,
            };
    }
}

/// <summary>An object that may break a rule.</summary>
public sealed record ManifestException
{
    /// <summary>Name of the rule.</summary>
    public string Check { get; init; } = "";

    /// <summary>Name of the environment.</summary>
    public string Environment { get; init; } = "";

    /// <summary>What the services keep where it may (<c>services.contract</c>); empty for whatever they keep.</summary>
    public string Contract { get; init; } = "";

    /// <summary>Kind and name of the object.</summary>
    public string Holder { get; init; } = "";

    /// <summary>In its place the release all of whose objects may: one of a chart of others.</summary>
    public string Release { get; init; } = "";

    /// <summary>What may break the rule.</summary>
    public string Subject => Holder.Length > 0 ? Holder : Release;

    /// <summary>Why it may.</summary>
    public string Reason { get; init; } = "";
}
