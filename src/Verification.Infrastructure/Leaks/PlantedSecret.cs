using System.Security.Cryptography;

namespace Verification.Infrastructure.Leaks;

/// <summary>Secrets that open nothing, other ones each time: what does not find them has searched nothing. One is a token of GitHub's form,
/// for the rules that gitleaks brings; the others are passwords, one for each rule of the project's own.</summary>
internal static class PlantedSecret
{
    /// <summary>Begins the name of each file that holds them.</summary>
    public const string Name = "planted-for-the-search";

    private const string Form = "ghp_";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>By which rule each is found, and how it stands in a text, in front of it and behind.</summary>
    private static readonly (string Rule, string Front, string Behind)[] Passwords =
    [
        ("password-in-address", "DATABASE_URL=mysql://sportbuff:", "@db"),
        ("password-of-client", "mysql -h db -u root -p", string.Empty),
        ("password-as-value", "mysqlPassword: ", string.Empty),
        ("password-as-variable", "DB_PASSWORD=", string.Empty),
        ("password-as-argument", "db_password = \"", "\""),
        ("password-as-default", "variable \"db_password\" {\n  default = \"", "\"\n}"),
    ];

    /// <summary>The rules that find them.</summary>
    public static IReadOnlyList<string> Rules { get; } = ["github-pat", .. Passwords.Select(each => each.Rule)];

    /// <summary>A text that holds a new one of each.</summary>
    public static string Text() => Line() + string.Concat(Passwords.Select(each => $"{each.Front}{Password()}{each.Behind}\n"));

    /// <summary>A line that holds a new token.</summary>
    public static string Line() => $"token: {Form}{RandomNumberGenerator.GetString(Letters, 36)}\n";

    /// <summary>A password that a program would make.</summary>
    private static string Password() => RandomNumberGenerator.GetString(Letters, 24);
}
