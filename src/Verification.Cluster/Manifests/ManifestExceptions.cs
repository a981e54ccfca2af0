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
                    .Deserialize<List<ManifestException>>(File.ReadAllText(file))
                ?? [];
            return
                list.Find(each =>
                    each.Check.Length == 0 || each.Environment.Length == 0 || each.Holder.Length == 0 || each.Reason.Length == 0
                )
                    is { } incomplete
                ? throw new DocumentException(
                    file,
                    0,
                    0,
                    $"the exception of '{incomplete.Check}' for '{incomplete.Holder}' needs check, environment, object and reason."
                )
                : list;
        }
        catch (YamlException e)
        {
            throw new DocumentException(file, (int)e.Start.Line, (int)e.Start.Column, (e.InnerException ?? e).Message);
        }
    }
}

/// <summary>An object that may break a rule.</summary>
public sealed record ManifestException
{
    /// <summary>Name of the rule.</summary>
    public string Check { get; set; } = "";

    /// <summary>Name of the environment.</summary>
    public string Environment { get; set; } = "";

    /// <summary>Kind and name of the object.</summary>
    [YamlMember(Alias = "object")]
    public string Holder { get; set; } = "";

    /// <summary>Why it may.</summary>
    public string Reason { get; set; } = "";
}
