using Verification.Stack.Topologies;

namespace Verification.Stack;

/// <summary>Something that clients of a role may have to be led to.</summary>
public interface IServes
{
    /// <summary>What it is.</summary>
    Role Role { get; }

    /// <summary>Roles whose clients come to it instead of to the instances of the role: those of <c>mysql</c> to a proxy before two of
    /// them.</summary>
    IReadOnlyList<Role> Fronts { get; }
}

/// <summary>Who serves the clients of a role.</summary>
internal static class Serving
{
    /// <summary>Those that stand before the role; where none does, those that are the role.</summary>
    public static IReadOnlyList<T> ThatServe<T>(this IEnumerable<T> all, Role role)
        where T : IServes
    {
        var known = all.ToList();
        var fronts = known.FindAll(each => each.Fronts.Contains(role));
        return fronts.Count > 0 ? fronts : known.FindAll(each => each.Role == role);
    }

    /// <summary>The links to those that serve the clients of a role; where there are none, those that serve them.</summary>
    public static IReadOnlyList<TopologyPart> ThatLeadTo(this IEnumerable<TopologyPart> all, Role role)
    {
        var known = all.ToList();
        var links = known.FindAll(each => each.Carries == role);
        return links.Count > 0 ? links : known.ThatServe(role);
    }
}
