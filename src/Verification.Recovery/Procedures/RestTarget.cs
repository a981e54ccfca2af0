namespace Verification.Recovery;

/// <summary>A target of backups that restic reaches by its REST protocol, with two pairs of credentials.</summary>
/// <param name="Host">Its name in the network of the stack.</param>
/// <param name="AddingPassword">That of who can only add.</param>
/// <param name="WholePassword">That of who can remove, too.</param>
public sealed record RestTarget(string Host, string AddingPassword, string WholePassword)
{
    private const string Adding = "adding";
    private const string Whole = "whole";
    private const int AddingPort = 8082;
    private const int WholePort = 8083;

    /// <summary>Its servers: who is let in, by which password, at which port, and how the server is told what may be done.</summary>
    internal IReadOnlyList<(string User, string Password, int Port, string Mode)> Servers =>
        [(Adding, AddingPassword, AddingPort, "--append-only"), (Whole, WholePassword, WholePort, string.Empty)];

    /// <summary>Commands that lay down the secrets of a job once more, with credentials of this target.</summary>
    /// <param name="removes">Whether with those that can remove, too.</param>
    public string LayDown(bool removes) =>
        $"rm -rf {Folder(removes)}; cp -r $SECRETS {Folder(removes)}; echo {Of(removes)} >{Folder(removes)}/rest-credentials";

    /// <summary>What a procedure of a job must be told to use them.</summary>
    /// <param name="removes">Whether with those that can remove, too.</param>
    public IReadOnlyList<string> Environment(bool removes) =>
        [
            $"REPOSITORY=rest:http://{Host}:{(removes ? WholePort : AddingPort)}",
            $"SECRETS={Folder(removes)}",
            "CREDENTIALS=rest-credentials",
        ];

    private string Of(bool removes) => removes ? $"{Whole}:{WholePassword}" : $"{Adding}:{AddingPassword}";

    private static string Folder(bool removes) => removes ? "/tmp/secrets-whole" : "/tmp/secrets-adding";
}
