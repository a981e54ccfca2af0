using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Verification.Gate.Suites;

/// <summary>Which objectives the tests of a suite measure, read from its assembly: nothing of it is run.</summary>
internal static class SuiteObjectives
{
    // As Verification.Testing has it, which the gate does not refer to.
    private const string Attribute = "ObjectiveAttribute";

    /// <summary>Whether a test of a suite may measure one of some objectives. Of a suite that was not built nobody knows: it may.</summary>
    /// <param name="root">Path of the checkout.</param>
    /// <param name="suite">Name of the suite, in any case.</param>
    /// <param name="objectives">Ids of the objectives.</param>
    public static bool MayDecide(string root, string suite, IEnumerable<string> objectives) =>
        SuiteExecutables.Find(root, suite) is not { } executable
        || Path.ChangeExtension(executable, ".dll") is not { } assembly
        || !File.Exists(assembly)
        || Of(assembly).Overlaps(objectives);

    /// <summary>Ids of the objectives that are named in an assembly.</summary>
    /// <param name="assembly">Path of the assembly.</param>
    /// <exception cref="BadImageFormatException">It is none.</exception>
    internal static HashSet<string> Of(string assembly)
    {
        using var file = File.OpenRead(assembly);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return
        [
            .. metadata
                .CustomAttributes.Select(metadata.GetCustomAttribute)
                .Where(attribute => IsObjective(metadata, attribute))
                .Select(attribute => FirstArgument(metadata, attribute))
                .OfType<string>(),
        ];
    }

    private static bool IsObjective(MetadataReader metadata, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } type
        && metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)type).Name, Attribute);

    private static string? FirstArgument(MetadataReader metadata, CustomAttribute attribute)
    {
        var value = metadata.GetBlobReader(attribute.Value);
        // The prolog (ECMA-335, II.23.3).
        value.ReadUInt16();
        return value.ReadSerializedString();
    }
}
