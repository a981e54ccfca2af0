using System.Text.Json;
using System.Text.Json.Serialization;

namespace Verification.Recovery;

/// <summary>What the databases of a server hold, to be held against others that should hold the same: each table to the last byte, and the
/// shape of all of them.</summary>
/// <param name="Tables">The tables, by name.</param>
/// <param name="Schema">Digest of columns, keys, views, triggers, routines and events, lower-case hexadecimal.</param>
/// <param name="Accounts">Digest of the accounts with their rights, without their passwords, lower-case hexadecimal; null where whoever
/// looked may not see them.</param>
/// <param name="Gtid">The transactions that have made it so.</param>
/// <param name="Uuid">UUID of its server.</param>
/// <param name="ServerId">Id of its server.</param>
public sealed record DatabaseContent(
    IReadOnlyList<TableContent> Tables,
    string Schema,
    string? Accounts,
    string Gtid,
    string Uuid,
    long ServerId
)
{
    /// <summary>Digest of what binds the rest: foreign keys, checks, partitions, parameters, what routines and views may do, when events
    /// run; lower-case hexadecimal. Null where it was read by a program that did not look for it.</summary>
    public string? Rules { get; init; }

    /// <summary>The engines of the tables. As all names it stands outside the digest, and tells what is lost where that differs; null where
    /// it was read by a program that did not look for it.</summary>
    public IReadOnlyList<string>? Engines { get; init; }

    /// <summary>What there is beside tables, such as <c>view buff.seen</c>: views, routines, triggers and events; null where it was read by
    /// a program that did not look for it.</summary>
    public IReadOnlyList<string>? Objects { get; init; }

    /// <summary>The accounts, such as <c>'buff'@'%'</c>; null where whoever looked may not see them, or did not look for them.</summary>
    public IReadOnlyList<string>? AccountNames { get; init; }

    /// <summary>One digest of all that is held, whichever server holds it; lower-case hexadecimal.</summary>
    public string Digest => DigestOf();

    /// <summary>Reads what <see cref="ToJson"/> has written.</summary>
    /// <exception cref="JsonException">It is no such text.</exception>
    public static DatabaseContent Parse(string json) =>
        JsonSerializer.Deserialize(json, ContentJson.Default.DatabaseContent) ?? throw new JsonException("It is null.");

    /// <summary>It as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ContentJson.Default.DatabaseContent);

    /// <summary>How what another server holds differs from this, one phrase each; which server it is, and by which transactions, is left
    /// aside.</summary>
    /// <param name="other">What it holds.</param>
    public IReadOnlyList<string> ContentDifferencesOf(DatabaseContent other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var there = other.Tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        var differences = new List<string>();
        foreach (var table in Tables)
        {
            if (!there.TryGetValue(table.Name, out var its))
                differences.Add($"table {table.Name} is missing");
            else if (its.Rows != table.Rows)
                differences.Add($"table {table.Name} has {its.Rows} rows of {table.Rows}");
            else if (its.Sha256 != table.Sha256)
                differences.Add($"table {table.Name} has as many rows, and other content");
        }

        differences.AddRange(
            there.Keys.Except(Tables.Select(table => table.Name), StringComparer.Ordinal).Select(name => $"table {name} was not there")
        );
        if (other.Schema != Schema)
            differences.Add(
                $"columns, keys or objects are other ones{End([.. NamesOf(Objects, other.Objects), .. NamesOf(Engines, other.Engines, "engine ")])}"
            );
        if (Rules is not null && other.Rules is not null && other.Rules != Rules)
            differences.Add("foreign keys, checks, partitions, parameters or what objects may do are other ones");
        if (Accounts is not null && other.Accounts is not null && other.Accounts != Accounts)
            differences.Add($"accounts or their rights are other ones{End(NamesOf(AccountNames, other.AccountNames))}");
        return differences;
    }

    /// <summary>How a restored database differs from what it should be, one phrase each.</summary>
    /// <param name="restored">What was restored, on another server.</param>
    public IReadOnlyList<string> DifferencesOf(DatabaseContent restored)
    {
        ArgumentNullException.ThrowIfNull(restored);
        var differences = new List<string>(ContentDifferencesOf(restored));
        if (restored.Gtid != Gtid)
            differences.Add($"the transactions are {restored.Gtid}, and were {Gtid}");
        if (restored.Uuid == Uuid)
            differences.Add($"the server has the UUID of the one that was lost, {Uuid}");
        if (restored.ServerId == ServerId)
            differences.Add($"the server has the id of the one that was lost, {ServerId}");
        return differences;
    }

    private static IReadOnlyList<string> NamesOf(IReadOnlyList<string>? wanted, IReadOnlyList<string>? there, string kind = "") =>
        wanted is null || there is null
            ? []
            :
            [
                .. wanted.Except(there, StringComparer.Ordinal).Select(name => $"{kind}{name} is missing"),
                .. there.Except(wanted, StringComparer.Ordinal).Select(name => $"{kind}{name} was not there"),
            ];

    private static string End(IReadOnlyList<string> names) => names.Count == 0 ? "" : $": {string.Join(", ", names)}";

    private string DigestOf()
    {
        using var hash = new RowHash();
        foreach (var table in Tables)
        {
            hash.Add(table.Name);
            hash.Add((object)table.Rows);
            hash.Add(table.Sha256);
        }

        hash.Add(Schema);
        hash.Add(Rules ?? "");
        hash.Add(Accounts ?? "");
        return hash.Digits();
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DatabaseContent))]
internal sealed partial class ContentJson : JsonSerializerContext;
