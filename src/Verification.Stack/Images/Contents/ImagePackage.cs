namespace Verification.Stack.Images.Contents;

/// <summary>A package that an image holds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version, as its own system writes it.</param>
/// <param name="Purl">What it is for other tools: a package URL (https://github.com/package-url/purl-spec).</param>
/// <param name="Sha512">SHA-512 of the package's file, lower-case hexadecimal; null where the image does not tell.</param>
public sealed record ImagePackage(string Name, string Version, string Purl, string? Sha512)
{
    /// <summary>A package of Debian.</summary>
    public static ImagePackage OfDebian(string name, string version, string architecture) =>
        new(name, version, $"pkg:deb/debian/{Escaped(name)}@{Escaped(version)}?arch={Escaped(architecture)}", Sha512: null);

    /// <summary>A package of NuGet.</summary>
    public static ImagePackage OfNuGet(string name, string version, string? sha512) =>
        new(name, version, $"pkg:nuget/{Escaped(name)}@{Escaped(version)}", sha512);

    /// <summary>As a package URL writes it: a colon stays.</summary>
    private static string Escaped(string text) => Uri.EscapeDataString(text).Replace("%3A", ":", StringComparison.Ordinal);
}
