using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Topologies;

namespace Verification.Gate.Compose;

/// <summary>The <c>.env</c> beside <c>compose.yaml</c>: what the local stack is made of, and its secrets. Readable by its owner only.</summary>
internal static class EnvironmentFile
{
    /// <summary>The secrets it holds.</summary>
    public static readonly string[] Secrets =
    [
        .. KnownTopologies.OneOfEach.Components(BrokerKind.Artemis)
            .SelectMany(component => component.Credentials)
            .Where(credential => credential.IsGenerated)
            .Select(credential => ComposeStack.Variable(credential.Name)),
    ];

    /// <summary>Writes settings, and a secret for each that is not there yet. Secrets and settings of others stay as they are.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="settings">Value of each variable that is no secret.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(string file, IReadOnlyDictionary<string, string> settings)
    {
        var lines = File.Exists(file) ? File.ReadAllLines(file).ToList() : ["# Written by ./verify images for compose.yaml. The secrets belong to the stack's volumes: they stay."];
        foreach (var (name, value) in settings)
            Set(lines, name, value);
        foreach (var name in Secrets.Where(name => !lines.Exists(line => line.StartsWith($"{name}=", StringComparison.Ordinal) && line.Length > name.Length + 1)))
            Set(lines, name, Credential.NewPassword());

        var whole = $"{file}.new";
        File.Delete(whole);
        using (var writer = new StreamWriter(whole, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            foreach (var line in lines)
                writer.WriteLine(line);
        }

        File.Move(whole, file, overwrite: true);
    }

    private static void Set(List<string> lines, string name, string value)
    {
        var index = lines.FindIndex(line => line.StartsWith($"{name}=", StringComparison.Ordinal));
        if (index < 0)
            lines.Add($"{name}={value}");
        else
            lines[index] = $"{name}={value}";
    }
}
