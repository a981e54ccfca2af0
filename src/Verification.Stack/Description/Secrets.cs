using System.Text;
using Verification.Objectives;
using Verification.Stack.Certificates;
using Verification.Stack.Components;

namespace Verification.Stack;

/// <summary>The credentials of a stack, in clear, by name, and the certificate of its authority. Never written but to the run's secrets
/// folder.</summary>
public sealed class Secrets
{
    /// <summary>Name of the certificate of the authority that issued the broker's, as PEM: whoever starts a stack makes one.</summary>
    public const string BrokerAuthority = "broker-authority";

    private readonly string where;
    private readonly Dictionary<string, string> values;

    private Secrets(string folder, Dictionary<string, string> values)
    {
        where = Path.Combine(folder, "stack.json");
        this.values = values;
    }

    /// <summary>The value of a credential.</summary>
    /// <exception cref="DocumentException">The stack has none of this name.</exception>
    public string this[string name] =>
        values.TryGetValue(name, out var value)
            ? value
            : throw new DocumentException(where, 0, 0, $"'credentials' has no '{name}'; it has {ToString()}.");

    /// <summary>Makes credentials for one run and writes them to its secrets folder, readable by the owner only.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <param name="wanted">What the components of the stack want.</param>
    /// <returns>The credentials, and where <c>stack.json</c> finds them.</returns>
    public static (Secrets Clear, IReadOnlyDictionary<string, string> Where) Generate(RunFolder folder, IEnumerable<Credential> wanted)
    {
        Directory.CreateDirectory(folder.Secrets, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var (authority, trusted) = CertificateAuthority.CreateFor(folder);
        using var disposal = authority;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var references = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var credential in wanted.DistinctBy(credential => credential.Name))
        {
            values[credential.Name] = credential.Make();
            references[credential.Name] = RunSecret.Write(folder, credential.Name, values[credential.Name]);
        }

        values[BrokerAuthority] = authority.Pem;
        references[BrokerAuthority] = trusted;
        return (new Secrets(folder.Path, values), references);
    }

    /// <summary>Reads the credentials that a <c>stack.json</c> names.</summary>
    /// <param name="references">Where each is: <c>env:NAME</c> or <c>file:PATH</c>.</param>
    /// <param name="folder">Folder of <c>stack.json</c>.</param>
    /// <exception cref="DocumentException">A variable is not set, a file is not there, or the reference is neither <c>env:</c> nor
    /// <c>file:</c>.</exception>
    public static Secrets Read(IReadOnlyDictionary<string, string> references, string folder) =>
        new(folder, references.ToDictionary(each => each.Key, each => Resolve(each.Value, folder), StringComparer.Ordinal));

    /// <summary>The passwords, by their names.</summary>
    internal IReadOnlyDictionary<string, string> Passwords =>
        values.Where(each => IsPassword(each.Key, each.Value)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Names of the passwords whose value stands in a text, as it is or in base64.</summary>
    internal IEnumerable<string> FoundIn(string text) =>
        Passwords
            .Where(each =>
                text.Contains(each.Value, StringComparison.Ordinal)
                || text.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(each.Value)), StringComparison.Ordinal)
            )
            .Select(each => each.Key);

    /// <summary>The names, and no value.</summary>
    public override string ToString() => string.Join(", ", values.Keys.Order(StringComparer.Ordinal));

    // Names of users and databases lie beside the passwords; what clients are to trust is for everybody; what is shorter would be
    // found in words.
    private static bool IsPassword(string name, string value) =>
        name != BrokerAuthority
        && !name.EndsWith("-user", StringComparison.Ordinal)
        && !name.EndsWith("-database", StringComparison.Ordinal)
        && value.Length >= Leftovers.SecretMask.Shortest;

    private static string Resolve(string reference, string folder)
    {
        var file = Path.Combine(folder, "stack.json");
        if (reference.StartsWith("env:", StringComparison.Ordinal))
        {
            return Environment.GetEnvironmentVariable(reference[4..])
                ?? throw new DocumentException(
                    file,
                    0,
                    0,
                    $"credential '{reference}': the environment variable {reference[4..]} is not set"
                );
        }

        if (!reference.StartsWith("file:", StringComparison.Ordinal))
            throw new DocumentException(file, 0, 0, $"credential '{reference}': expected env:NAME or file:PATH");

        var path = Path.Combine(folder, reference[5..]);
        return File.Exists(path)
            ? File.ReadAllText(path).TrimEnd('\n')
            : throw new DocumentException(
                file,
                0,
                0,
                $"credential '{reference}': {path} is not there. The secrets of a stack go with it; start a new one."
            );
    }
}
