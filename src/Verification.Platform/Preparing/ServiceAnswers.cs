namespace Verification.Platform;

/// <summary>What both services answer at one look.</summary>
/// <param name="Post">What the Dashboard answers.</param>
/// <param name="List">What the Server answers.</param>
internal sealed record ServiceAnswers(PostAnswer Post, ListAnswer List)
{
    /// <summary>Whether both answers are good.</summary>
    public bool AreGood => Post.Status == 200 && List.Status == 200;

    /// <summary>Both in a few words.</summary>
    public override string ToString() => $"POST /buff: {Post}; GET /buffs: {List}";
}
