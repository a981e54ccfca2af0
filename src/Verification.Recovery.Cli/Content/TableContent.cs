namespace Verification.Recovery;

/// <summary>What a table holds.</summary>
/// <param name="Name">Its name, with that of its database before a dot.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Sha256">Digest of all of them in the order of the primary key, or in none where there is no key; lower-case
/// hexadecimal.</param>
public sealed record TableContent(string Name, long Rows, string Sha256);
