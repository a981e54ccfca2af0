using System.Security.Cryptography;
using Verification.Stack.Sessions;

namespace Verification.Stack.Images;

/// <summary>A program that no package holds: a single file that this machine has.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Sha256">What the file must be, lower-case hexadecimal.</param>
/// <param name="Target">Where it goes, from the root, with its name.</param>
internal sealed record RecipeProgram(string Name, string Sha256, string Target)
{
    /// <summary>Whether there is a file of that name; not whether it is the right one.</summary>
    public bool IsGiven => ProgramPlaces.Of(Name).Count > 0;

    /// <summary>The file: the first that is the right one.</summary>
    /// <exception cref="MissingPieceException">There is none; the message says where it was looked for, and what was there
    /// instead.</exception>
    public async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        var others = new List<string>();
        foreach (var file in ProgramPlaces.Of(Name))
        {
            var content = File.OpenRead(file);
            await using var disposal = content.ConfigureAwait(false);
            var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false));
            if (digest == Sha256)
                return file;
            others.Add($"{file} has SHA-256 {digest}");
        }

        throw new MissingPieceException(
            others.Count == 0
                ? $"the program {Name} is in no folder of {ProgramPlaces.Looked()}"
                : $"the program {Name} is not the pinned one: {string.Join(", ", others)}, expected {Sha256}",
            VerifyVariables.FirstSet(ProgramPlaces.Variable)
        );
    }

    /// <summary>Lays it into a root file system.</summary>
    public async Task AddToAsync(RootFileSystem system, CancellationToken cancellationToken) =>
        await system
            .AddProgramAsync(await FindAsync(cancellationToken).ConfigureAwait(false), Target, cancellationToken)
            .ConfigureAwait(false);
}
