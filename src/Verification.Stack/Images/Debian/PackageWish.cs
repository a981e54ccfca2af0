namespace Verification.Stack.Images.Debian;

/// <summary>Packages of one suite that are wished for together.</summary>
/// <param name="Name">Whose wish it is: a file name.</param>
/// <param name="Packages">Packages taken with what they depend on.</param>
/// <param name="Alone">Packages taken without what they depend on.</param>
/// <param name="Without">Packages taken for present, and so left out with what only they need.</param>
internal sealed record PackageWish(string Name, IReadOnlyList<string> Packages, IReadOnlyList<string> Alone, IReadOnlyList<string> Without);
