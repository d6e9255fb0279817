"""Every address of the desk, in the order in which they are tried."""

from cettar_site.desk import api_case, api_door, api_export, api_queue, api_sort, api_template

routes = [*api_door.routes, *api_queue.routes, *api_sort.routes, *api_template.routes, *api_export.routes,
          *api_case.routes]
