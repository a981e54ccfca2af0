using System.Security.Cryptography;

namespace Verification.Infrastructure.Leaks;

/// <summary>A token of GitHub's form that opens nothing, another one each time: what does not find it has searched nothing.</summary>
internal static class PlantedSecret
{
    /// <summary>Begins the name of each file that holds one.</summary>
    public const string Name = "planted-for-the-search";

    private const string Form = "ghp_";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>A line that holds a new one.</summary>
    public static string Line() => $"token: {Form}{RandomNumberGenerator.GetString(Letters, 36)}\n";
}
